using System;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Programs;

/// <summary>
/// The pages of programs as the file has them: filled once, then sealed for good. Code and
/// constants are mapped by every process of the program, data is copied for each.
/// </summary>
internal static class SegmentFrames
{
    /// <summary>Frames of all programs that were made so far.</summary>
    internal static ulong Count { get; private set; }

    /// <summary>Makes one.</summary>
    /// <param name="frames">Where it comes from.</param>
    /// <param name="rights">Of the segment.</param>
    /// <param name="content">What the file has for the page.</param>
    /// <param name="offset">Where in the page that goes; all else is zero.</param>
    /// <param name="words">The image's words, of which the addends are put in.</param>
    /// <param name="inImage">The page's number in the image.</param>
    /// <param name="frame">The page.</param>
    /// <returns>False when memory is out.</returns>
    internal static bool TryMake(
        FrameAllocator<MachineMemory> frames, PageRights rights, ReadOnlySpan<byte> content,
        int offset, RelocatedWords words, int inImage, out Frame frame)
    {
        frame = default;
        if (!frames.TryAllocate(FrameUse.ZeroedData(FrameOwner.Unknown), out Frame taken))
            return false;
        default(MachineMemory).CopyIn(taken, offset, content);
        words.PutAddends(inImage, taken);
        HandOver sealing = rights.CanExecute
            ? FrameRule.TryMakeExecutable(frames, taken)
            : FrameRule.TryMakeReadOnly(frames, taken);
        if (sealing != HandOver.Done || !frames.TryHold(taken))
        {
            frames.Discard(taken);
            return false;
        }
        frame = taken;
        Count++;
        return true;
    }

    /// <summary>Gives a page back that nobody maps; none is nothing to do.</summary>
    internal static void Drop(FrameAllocator<MachineMemory> frames, Frame frame)
    {
        if (frame == default)
            return;
        frames.Drop(frame);
        Count--;
    }
}
