using System;
using MemOS.Abi;
using MemOS.Devices;
using MemOS.Images;
using MemOS.Mapping;
using MemOS.Memory.Addresses;

namespace MemOS.Programs;

/// <summary>
/// What a program's file was made into once, so that starting it again takes neither reading nor
/// checking.
/// </summary>
internal sealed class ProgramImage
{
    private readonly ProgramSegment[] _segments;

    private ProgramImage(in ElfImage image, ProgramSegment[] segments)
    {
        Pages = image.Pages;
        Entry = image.Entry;
        _segments = segments;
    }

    /// <summary>From the image's start to its end.</summary>
    internal PageCount Pages { get; }

    /// <summary>Bytes from the image's start to the first instruction.</summary>
    internal ulong Entry { get; }

    /// <summary>The parts, in the order of their addresses.</summary>
    internal ReadOnlySpan<ProgramSegment> Segments => _segments;

    // What an image takes of the kernel's heap beside the process that it is made for.
    private static ulong HeapFrames(in ElfImage file)
    {
        const uint SizesOfProcess = 26;
        const ulong BytesPerPage = 16;
        return HeapNeed.ToKeep(
            SizesOfProcess,
            RelocatedWords.HeapBytes(file) + (file.Pages.Value * BytesPerPage));
    }

    /// <summary>The image of a program, made at the first wish.</summary>
    /// <returns>None, BadProgram or NoMemory.</returns>
    internal static ErrorCode TryGet(
        KernelMemory memory, Program program, out ProgramImage? image)
    {
        image = program.Image;
        if (image is not null)
            return ErrorCode.None;
        ImageStatus status = ElfImage.TryParse(program.File, out ElfImage file);
        if (status != ImageStatus.Good)
        {
            Log.Warn($"{program.Name}: {ImageStatusText.Of(status)}");
            return ErrorCode.BadProgram;
        }
        if (!HeapWindow.TryRaise(HeapFrames(file)))
            return ErrorCode.NoMemory;
        if (!RelocatedWords.TryRead(file, out RelocatedWords? words))
        {
            Log.Warn($"{program.Name}: A relocation is not aligned to eight bytes.");
            return ErrorCode.BadProgram;
        }
        ProgramSegment[] segments = new ProgramSegment[file.SegmentCount];
        for (int i = 0; i < segments.Length; i++)
        {
            ElfSegment segment = file.Segment(i);
            Frame[]? frames = SegmentFrames.Get(memory, program, i, file, words!);
            if (frames is null)
                return ErrorCode.NoMemory;
            segments[i] =
                new ProgramSegment(segment.Offset, segment.Pages, segment.Rights, frames, words!);
        }
        image = new ProgramImage(file, segments);
        program.Image = image;
        return ErrorCode.None;
    }
}
