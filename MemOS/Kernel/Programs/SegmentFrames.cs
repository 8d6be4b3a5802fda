using System;
using MemOS.Images;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Programs;

/// <summary>
/// The segments of programs as the file has them: filled once, then sealed for good. Code and
/// constants are mapped by every process of the program, data is copied for each.
/// </summary>
internal static class SegmentFrames
{
    /// <summary>Frames of all programs that were made so far.</summary>
    internal static ulong Count { get; private set; }

    /// <summary>
    /// The frames of a segment, made at the first wish; none for a page of data that is all zero.
    /// Null when memory is out.
    /// </summary>
    internal static Frame[]? Get(
        KernelMemory memory, Program program, int index, in ElfImage image,
        RelocatedWords words)
    {
        ref Frame[]? frames = ref program.Frames(index);
        return frames ??= Make(memory.Frames, image.Segment(index), image, words);
    }

    private static Frame[]? Make(
        FrameAllocator<MachineMemory> frames, in ElfSegment segment, in ElfImage image,
        RelocatedWords words)
    {
        Frame[] made = new Frame[segment.Pages.Value];
        ReadOnlySpan<byte> content = image.Content(segment);
        ulong count = 0;
        for (int i = 0; i < made.Length; i++)
        {
            PagePart part = PagePart.Of(segment, content.Length, i);
            int inImage = (int)segment.Offset.Value + i;
            if (segment.Rights.CanWrite && part.Length == 0 && !words.Has(inImage))
                continue;
            if (!TryMakePage(
                frames, segment, content.Slice(part.Start, part.Length), part.OffsetInPage,
                words, inImage, out made[i]))
            {
                DropAll(frames, made);
                return null;
            }
            count++;
        }
        Count += count;
        return made;
    }

    private static bool TryMakePage(
        FrameAllocator<MachineMemory> frames, in ElfSegment segment, ReadOnlySpan<byte> content,
        int offset, RelocatedWords words, int inImage, out Frame frame)
    {
        if (!frames.TryAllocate(FrameUse.ZeroedData(FrameOwner.Unknown), out Frame taken))
        {
            frame = default;
            return false;
        }
        default(MachineMemory).CopyIn(taken, offset, content);
        words.PutAddends(inImage, taken);
        HandOver sealing = segment.Rights.CanExecute
            ? FrameRule.TryMakeExecutable(frames, taken)
            : FrameRule.TryMakeReadOnly(frames, taken);
        if (sealing == HandOver.Done && frames.TryHold(taken))
        {
            frame = taken;
            return true;
        }
        frames.Discard(taken);
        frame = default;
        return false;
    }

    private static void DropAll(FrameAllocator<MachineMemory> frames, Frame[] made)
    {
        foreach (Frame frame in made)
        {
            if (frame != default)
                frames.Drop(frame);
        }
    }
}
