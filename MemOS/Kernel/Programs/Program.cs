using System;
using MemOS.Images;
using MemOS.Memory.Addresses;

namespace MemOS.Programs;

/// <summary>A program of the archive.</summary>
/// <param name="name">Its name there.</param>
/// <param name="start">Where its file lies in the archive, in bytes.</param>
/// <param name="length">The file's bytes.</param>
internal sealed class Program(string name, int start, int length)
{
    private readonly Frame[]?[] _shared = new Frame[]?[ElfImage.MostSegments];

    internal string Name { get; } = name;

    /// <summary>The file.</summary>
    internal ReadOnlySpan<byte> File => ProgramLibrary.Bytes.Slice(start, length);

    /// <summary>
    /// The frames of a segment that no one writes to, which all processes of the program share;
    /// null until the first of them is loaded.
    /// </summary>
    internal ref Frame[]? SharedFrames(int segment) => ref _shared[segment];
}
