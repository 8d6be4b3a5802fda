using System;

namespace MemOS.Programs;

/// <summary>A program of the archive.</summary>
/// <param name="name">Its name there.</param>
/// <param name="start">Where its file lies in the archive, in bytes.</param>
/// <param name="length">The file's bytes.</param>
internal sealed class Program(string name, int start, int length)
{
    internal string Name { get; } = name;

    /// <summary>The file.</summary>
    internal ReadOnlySpan<byte> File => ProgramLibrary.Bytes.Slice(start, length);

    /// <summary>What its processes are made of; null until a start of it has made that.</summary>
    internal ProgramImage? Image { get; set; }

    /// <summary>What makes the image; null while nothing of it is there, or all is.</summary>
    internal ImageMaker? Maker { get; set; }
}
