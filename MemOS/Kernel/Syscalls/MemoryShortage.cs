using Cosmos.Runtime.Heap;
using MemOS.Abi;
using MemOS.Boot;
using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Processes;

namespace MemOS.Syscalls;

/// <summary>
/// Memory that runs out when a program says so (LIMIT_MEMORY), so that a test can try every place
/// where it may: only in a kernel that was started with the word <c>oom</c>. There all system
/// calls go by here, and none may take more of the heap than it declares; nor may anything else
/// that the kernel does make objects.
/// </summary>
internal static unsafe class MemoryShortage
{
    private const ulong NoLimit = ulong.MaxValue;

    private static ulong _frames = NoLimit;
    private static ulong _held;
    private static ulong _raises = NoLimit;

    // Bytes that the heap had given out when the last call ended.
    private static ulong? _allocated;

    /// <summary>Whether the kernel was started so.</summary>
    internal static bool IsOn { get; private set; }

    /// <summary>Frames that it keeps from everybody.</summary>
    internal static ulong HeldFrames => _held;

    /// <summary>Looks whether it was.</summary>
    internal static void Start()
    {
        IsOn = CommandLine.Has("oom");
        HeapWindow.IsWatched = IsOn;
    }

    /// <summary>Changes what there is, until the next time.</summary>
    /// <param name="frames">Frames that a call can have beside what is kept for someone.</param>
    /// <param name="raises">How often the heap can be asked for room; then it has none.</param>
    internal static void Limit(ulong frames, ulong raises)
    {
        _frames = frames;
        _raises = raises;
        HoldTheRest();
    }

    /// <summary>Performs a call that needs so many frames of the heap if it gets them.</summary>
    internal static void Perform(ref SyscallCall call, SyscallCode code, ulong need)
    {
        if (!TryBegin(need))
        {
            call.FailWithoutMemory();
            return;
        }
        SyscallTable.Find(code).Perform(ref call);
        Check(code, need);
    }

    /// <summary>
    /// Gets the heap so many frames for a piece of a call that is done after a pause, in any
    /// kernel; when it is done, HeapWindow.Lower ends that.
    /// </summary>
    /// <returns>False: there is not so much.</returns>
    internal static bool TryRaiseFor(ulong need) =>
        IsOn ? TryBegin(need) : HeapWindow.TryRaise(need);

    /// <summary>
    /// Checks that a call, or a piece of one, has taken no more of the heap than it declares.
    /// </summary>
    internal static void Check(SyscallCode code, ulong need)
    {
        if (!IsOn)
            return;
        ulong made = HeapUsage.AllocatedEver - _allocated!.Value;
        bool makesObjects = need > HeapNeed.None.Frames;
        bool isRight = makesObjects ? !IsLimited || HeapWindow.HasKeptToRaise : made == 0;
        if (!isRight)
        {
            Log.Warn($"oom: call {(int)code} made {made} bytes of objects, needing "
                + $"{HeapWindow.TakenFrames} frames, and declares {need}");
        }
        Ensure.That(isRight, "a call takes no more of the heap than it declares");
        _allocated = HeapUsage.AllocatedEver;
    }

    /// <summary>Leaves out objects that were made between calls, seen to beforehand.</summary>
    internal static void PassOver(ulong bytes) => _allocated += bytes;

    private static bool IsLimited => _frames != NoLimit || _raises != NoLimit;

    private static bool TryBegin(ulong need)
    {
        Ensure.That(
            (_allocated ??= HeapUsage.AllocatedEver) == HeapUsage.AllocatedEver,
            "only system calls make objects");
        HoldTheRest();
        bool makesObjects = need > HeapNeed.None.Frames;
        if (makesObjects && !TryRaise(need))
            return false;
        if (IsLimited)
            ManagedHeap.ForgetReadyBlocks();
        return true;
    }

    // A collection between two attempts of a call may have given some back.
    private static void HoldTheRest()
    {
        FrameAllocator<MachineMemory> all = ProcessTable.Memory.Frames;
        all.Unreserve(_held);
        ulong free = all.FreeFrames - all.ReservedFrames;
        _held = free > _frames ? free - _frames : 0;
        Ensure.That(all.TryReserve(_held), "what is free can be kept");
    }

    // The test's own calls about limits are not counted, nor do they make objects.
    private static bool TryRaise(ulong need)
    {
        if (_raises == 0)
            return false;
        _raises -= _raises == NoLimit ? 0ul : 1;
        return HeapWindow.TryRaise(need);
    }
}
