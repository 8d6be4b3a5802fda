using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;

namespace MemOS.Tests.Host.Memory.Simulation;

/// <summary>Machines to test with.</summary>
public static class Machines
{
    /// <summary>A machine whose RAM is one piece from address 0.</summary>
    public static FrameAllocator<SimulatedMemory> WithFrames(
        ulong frames, out SimulatedMemory memory) =>
        WithRam(out memory, (0, frames));

    /// <summary>A machine with several pieces of RAM: first frame and number of frames.</summary>
    public static FrameAllocator<SimulatedMemory> WithRam(
        out SimulatedMemory memory, params (ulong First, ulong Count)[] ranges)
    {
        ulong end = 0;
        foreach ((ulong first, ulong count) in ranges)
        {
            end = ulong.Max(end, first + count);
        }

        memory = new SimulatedMemory(new SimulatedMachine(end));
        var frames = new FrameAllocator<SimulatedMemory>(memory);
        foreach ((ulong first, ulong count) in ranges)
        {
            frames.AddFree(FrameRange.Of(Frame.Of(first), count));
        }

        return frames;
    }
}
