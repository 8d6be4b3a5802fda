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
    private readonly Frame[]?[] _frames = new Frame[]?[ElfImage.MostSegments];

    internal string Name { get; } = name;

    /// <summary>The file.</summary>
    internal ReadOnlySpan<byte> File => ProgramLibrary.Bytes.Slice(start, length);

    /// <summary>What its processes are made of; null until the first of them is loaded.</summary>
    internal ProgramImage? Image { get; set; }

    /// <summary>
    /// The frames of a segment as it is in the file: those that all processes share, or those that
    /// each copies. Null until they are made.
    /// </summary>
    internal ref Frame[]? Frames(int segment) => ref _frames[segment];
}
