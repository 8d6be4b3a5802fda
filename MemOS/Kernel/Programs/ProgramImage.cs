using System;
using MemOS.Images;
using MemOS.Memory.Addresses;

namespace MemOS.Programs;

/// <summary>
/// What a program's file was made into once (<see cref="ImageMaker"/>), so that starting it again
/// takes neither reading nor checking.
/// </summary>
internal sealed class ProgramImage
{
    private readonly ProgramSegment[] _segments;

    /// <summary>An image of a file whose segments were made.</summary>
    internal ProgramImage(in ElfImage file, ProgramSegment[] segments)
    {
        Pages = file.Pages;
        Entry = file.Entry;
        _segments = segments;
    }

    /// <summary>From the image's start to its end.</summary>
    internal PageCount Pages { get; }

    /// <summary>Bytes from the image's start to the first instruction.</summary>
    internal ulong Entry { get; }

    /// <summary>The parts, in the order of their addresses.</summary>
    internal ReadOnlySpan<ProgramSegment> Segments => _segments;
}
