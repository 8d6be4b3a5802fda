using System;
using MemOS.Images;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Programs;

/// <summary>
/// Code and constants of programs: filled once, then sealed for good and mapped by every process
/// of the program.
/// </summary>
internal static class SharedSegments
{
    /// <summary>The frames of a segment, made at the first wish; null when memory is out.</summary>
    internal static Frame[]? Get(
        KernelMemory memory, Program program, int index, in ElfImage image)
    {
        ref Frame[]? frames = ref program.SharedFrames(index);
        return frames ??= Make(memory.Frames, image.Segment(index), image);
    }

    private static Frame[]? Make(
        FrameAllocator<MachineMemory> frames, in ElfSegment segment, in ElfImage image)
    {
        Frame[] made = new Frame[segment.Pages.Value];
        ReadOnlySpan<byte> content = image.Content(segment);
        int done = 0;
        while (done < made.Length
            && TryMakePage(frames, segment, content, done, out made[done]))
            done++;
        if (done == made.Length)
            return made;
        for (int i = 0; i < done; i++)
            frames.Drop(made[i]);
        return null;
    }

    private static bool TryMakePage(
        FrameAllocator<MachineMemory> frames, in ElfSegment segment, ReadOnlySpan<byte> content,
        int page, out Frame frame)
    {
        if (!frames.TryAllocate(FrameUse.ZeroedData(FrameOwner.Unknown), out frame))
            return false;
        PagePart part = PagePart.Of(segment, content.Length, page);
        default(MachineMemory).CopyIn(
            frame, part.OffsetInPage, content.Slice(part.Start, part.Length));
        HandOver sealing = segment.Rights.CanExecute
            ? FrameRule.TryMakeExecutable(frames, frame)
            : FrameRule.TryMakeReadOnly(frames, frame);
        if (sealing == HandOver.Done && frames.TryHold(frame))
            return true;
        frames.Discard(frame);
        return false;
    }
}
