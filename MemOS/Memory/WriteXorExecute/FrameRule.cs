using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;

namespace MemOS.Memory.WriteXorExecute;

/// <summary>
/// The frame rule of architecture decision D8: over all address spaces and the kernel's own
/// mappings, no frame is ever reachable both for writing and for execution. The state of a frame
/// says which of the two it may be, and only this file changes states.
/// <code>
///   Free -> Kernel | PageTable | Writable          handed out, zeroed unless it was one's own
///   Writable -> ReadOnly | Executable              the one-way hand-over: nothing maps the frame
///   ReadOnly &lt;-> Executable                        no one could write in either
///   any -> Free                                    code and constants count as no one's data
/// </code>
/// </summary>
public static class FrameRule
{
    /// <summary>
    /// Whether a frame in this state may be mapped with these rights, in this half.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayMap(FrameState state, PageRights rights, SpaceHalf half) =>
        state == FrameState.Writable ? !rights.CanExecute : MayMapOther(state, rights, half);

    /// <summary>
    /// Makes a frame executable for good, once what was to be written is written. Nothing may map
    /// it any more. Afterwards it can be mapped for reading and execution.
    /// </summary>
    public static HandOver TryMakeExecutable<TMemory>(FrameAllocator<TMemory> frames, Frame frame)
        where TMemory : struct, IPhysicalMemory =>
        TryHandOver(frames, frame, FrameState.Executable);

    /// <summary>Makes a frame constant for good, under the same conditions.</summary>
    public static HandOver TryMakeReadOnly<TMemory>(FrameAllocator<TMemory> frames, Frame frame)
        where TMemory : struct, IPhysicalMemory =>
        TryHandOver(frames, frame, FrameState.ReadOnly);

    /// <summary>A free frame is handed out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Begin(ref FrameInfo info, FrameState state)
    {
        Ensure.That(info.State == FrameState.Free, "only a free frame is handed out");
        info.State = state;
    }

    /// <summary>A frame becomes free; tells whether it was sealed until now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Sealing End(ref FrameInfo info)
    {
        FrameState before = info.State;
        Ensure.That(before > FrameState.Absent, "only a frame in use becomes free");
        info.State = FrameState.Free;
        return before >= FrameState.ReadOnly ? Sealing.Sealed : Sealing.Open;
    }

    /// <summary>A frame of RAM becomes known to be free.</summary>
    internal static void AddFree(ref FrameInfo info)
    {
        Ensure.That(info.State == FrameState.Absent, "a frame is added once");
        info.State = FrameState.Free;
    }

    /// <summary>A frame of RAM becomes known to be in use since before the allocator.</summary>
    internal static void AddUsed(ref FrameInfo info, FrameState state)
    {
        Ensure.That(info.State == FrameState.Absent, "a frame is added once");
        Ensure.That(
            state is FrameState.Kernel or FrameState.ReadOnly or FrameState.Executable,
            "what is in use at start-up is the kernel's");
        info.State = state;
    }

    /// <summary>Whether segments may hold a frame in this state.</summary>
    internal static bool IsHoldable(FrameState state) =>
        state >= FrameState.Kernel && state != FrameState.PageTable;

    private static bool MayMapOther(FrameState state, PageRights rights, SpaceHalf half) =>
        state switch
        {
            FrameState.Kernel => !rights.CanExecute && half == SpaceHalf.Kernel,
            FrameState.ReadOnly => !rights.CanExecute && !rights.CanWrite,
            FrameState.Executable => !rights.CanWrite,
            _ => false,
        };

    private static HandOver TryHandOver<TMemory>(
        FrameAllocator<TMemory> frames, Frame frame, FrameState wanted)
        where TMemory : struct, IPhysicalMemory
    {
        ref FrameInfo info = ref frames.Memory.Info(frame);
        HandOver decision = Decide(in info, wanted);
        if (decision != HandOver.Done || info.State == wanted)
        {
            return decision;
        }

        if (info.State == FrameState.Writable
            && !frames.Memory.TrySeal(frame, (PageSize)info.Extent))
        {
            return HandOver.OutOfMemory;
        }

        info.State = wanted;
        info.Owner = FrameOwner.Unknown.Value;
        return HandOver.Done;
    }

    private static HandOver Decide(in FrameInfo info, FrameState wanted)
    {
        if (info.State < FrameState.Writable || info.Extent == FrameExtent.Part)
        {
            return HandOver.Refused;
        }

        bool changesNothing = info.State == wanted;
        bool widens = info.State == FrameState.ReadOnly && wanted == FrameState.Executable;
        return changesNothing || widens || info.MapsOrLink == 0
            ? HandOver.Done
            : HandOver.StillMapped;
    }
}
