using MemOS.Abi;
using MemOS.Devices;
using MemOS.Faults;
using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Contracts;
using MemOS.Memory.Faults;
using MemOS.Memory.Segments;
using MemOS.Memory.Signals;
using MemOS.Processes;
using MemOS.Signals;
using MemOS.Syscalls;

namespace MemOS.Backers;

/// <summary>
/// Asks backers for what others touch of their segments, and tells those of the answer. See
/// docs/abi.md, "Segments with a backer". Nothing here allocates managed memory.
/// </summary>
internal static class BackerRequests
{
    private const ulong Limit = SyscallConvention.BackerMilliseconds * 1_000_000ul;

    // About what it takes to pass over a thread that waits for something else, and to tell one and
    // map the page for it, in instructions; and what is done of that at once.
    private const ulong PassingCost = 20;
    private const ulong TellingCost = 4_000;
    private const ulong TellingAtOnce = 4 * TellingCost;

    // Queues with threads that are told of an answer.
    private static NodeList<BackerQueue> _telling;

    /// <summary>Asks for the page that a fault wants, which its segment does not have.</summary>
    /// <param name="thread">The running thread.</param>
    /// <param name="fault">What it does.</param>
    /// <param name="use">What is to start over once the page is there.</param>
    /// <returns>None: it waits, and is not to go on. Else it never will be served.</returns>
    internal static BackerFailure AskForPage(Thread thread, in PageFault fault, BackerUse use)
    {
        bool isFound = thread.Process.LiveSpace.TryFind(fault.Address, out Region? region);
        Ensure.That(isFound, "what has to be supplied lies in a region");
        SegmentRegion<MachineMemory> mapping = (SegmentRegion<MachineMemory>)region!;
        ulong offset = mapping.PageOf(fault.Address.Page).Bytes;
        return Ask(
            thread, (BackedSegment<MachineMemory>)mapping.Segment,
            BackerRequest.ForPage(offset, UserFaults.KindOf(fault.Access)), fault, use);
    }

    /// <summary>Asks for anything, and has the running thread wait for it.</summary>
    internal static BackerFailure Ask(
        Thread thread, BackedSegment<MachineMemory> segment, in BackerRequest request,
        in PageFault fault, BackerUse use)
    {
        Process backer = ((ServingProcess)segment.Backer).Process;
        if (backer.Ending is not null)
            return BackerFailure.Ended;
        SignalTable table = backer.Signals.Table;
        bool isItself = thread == backer.FirstThread;
        // Before it is ready, others wait to see whether it will handle it.
        if (table.IsReady ? !table.TryGetHandler(request.Code, out _) : isItself)
            return BackerFailure.NotHandled;
        int length = BackerChain.LengthWith(thread);
        if (length > BackerChain.Longest || BackerChain.IsClosed(thread, backer))
            return BackerFailure.Circular;
        BackerWait wait = thread.Backing;
        wait.Begin(segment, request, fault, use, length);
        if (isItself)
        {
            wait.Limit = Thread.Never;
            backer.Signals.Requests.Own = wait;
            Cpu.RequestErrand();
            return BackerFailure.None;
        }
        wait.Limit = Timer.Now + Limit;
        backer.Signals.Requests.Add(wait);
        Scheduler.Park(WaitReason.Backer, wait.Limit);
        SignalDelivery.Notify(backer);
        return BackerFailure.None;
    }

    /// <summary>
    /// The backer's handler has answered what it was asked. Whoever asked goes on; what nobody can
    /// wait for any more is dropped.
    /// </summary>
    /// <param name="backer">The running process, in the handler.</param>
    /// <param name="answer">What it says.</param>
    /// <param name="data">A page of its memory, or what was loaded.</param>
    /// <returns>False: there is no memory for the page; it may be tried again.</returns>
    internal static bool TryAnswer(Process backer, BackerAnswer answer, ulong data)
    {
        BackerQueue queue = backer.Signals.Requests;
        if (answer != BackerAnswer.Done)
        {
            Finish(backer, BackerFailure.Refused, 0);
            return true;
        }
        if (!queue.AskedFor.IsForPage)
        {
            Finish(backer, BackerFailure.None, data);
            return true;
        }
        BackerFailure failure = Supply(backer, queue, data);
        if (failure == BackerFailure.NoMemory)
            return false;
        Finish(backer, failure, 0);
        return true;
    }

    /// <summary>
    /// Ends what the handler is asked, for all who wait for it: they are told before any program
    /// runs.
    /// </summary>
    internal static void Finish(Process backer, BackerFailure failure, ulong value)
    {
        BackerQueue queue = backer.Signals.Requests;
        if (queue.Own is { } own)
        {
            own.Answer(value);
            own.Failure = failure;
            queue.Own = null;
        }
        if (queue.AskedFor.IsForPage)
        {
            Tell(queue, failure);
            return;
        }
        // A load or a store is one thread's.
        if (queue.AskedFirst is { } wait)
        {
            wait.Answer(value);
            Wake(wait, failure);
        }
        queue.EndAsked();
    }

    /// <summary>Tells more of them.</summary>
    /// <returns>False: there are more.</returns>
    internal static bool TryGoOn(ref WorkBudget budget)
    {
        while (_telling.First is { } queue)
        {
            if (!TryTell(queue, ref budget))
                return false;
            _telling.Remove(queue);
            queue.IsTelling = false;
        }
        return true;
    }

    /// <summary>
    /// The handler will never end. A page is asked for again; a load or a store, which may have
    /// been done, is not.
    /// </summary>
    internal static void Abandon(Process backer)
    {
        BackerQueue queue = backer.Signals.Requests;
        if (queue.Asked is not null && !queue.AskedFor.IsForPage)
            Finish(backer, BackerFailure.Refused, 0);
        queue.Abandon();
    }

    /// <summary>The time of a thread that waits has passed.</summary>
    internal static void GiveUp(Thread thread) => Wake(thread.Backing, BackerFailure.TooSlow);

    /// <summary>A process has ended: nobody who waits for it will be served.</summary>
    internal static void Forget(Process backer)
    {
        BackerQueue queue = backer.Signals.Requests;
        queue.TellsAll = true;
        // Whoever has an answer by now is told that.
        Tell(queue, queue.IsTelling ? queue.Outcome : BackerFailure.Ended);
    }

    /// <summary>
    /// Tells a thread on its way to ring 3 that what it wanted came to nothing. May end its
    /// process, or have it wait for another thread's handler.
    /// </summary>
    internal static void Tell(Thread thread)
    {
        BackerWait wait = thread.Backing;
        BackerFailure failure = wait.Failure;
        wait.Failure = BackerFailure.None;
        if (wait.Use == BackerUse.Instruction)
        {
            wait.EndInstruction();
            UserFaults.Fail(thread, wait.Fault, failure);
            return;
        }
        thread.Call.FailedPage = wait.Fault.Address.Page;
        thread.Call.PageFailure = failure;
    }

    // Some at once, others in pieces.
    private static void Tell(BackerQueue queue, BackerFailure failure)
    {
        queue.Outcome = failure;
        queue.NextToTell = queue.First;
        WorkBudget budget = WorkBudget.Of((long)TellingAtOnce);
        if (queue.IsTelling || TryTell(queue, ref budget))
            return;
        queue.IsTelling = true;
        _telling.Add(queue);
        Wakeups.Request();
    }

    private static bool TryTell(BackerQueue queue, ref WorkBudget budget)
    {
        while (queue.NextToTell is { } wait)
        {
            if (budget.IsSpent)
                return false;
            queue.NextToTell = wait.Next;
            budget.Spend(PassingCost);
            bool isAnswered = queue.IsAnswered(wait);
            if (!isAnswered && !queue.TellsAll)
                continue;
            budget.Spend(TellingCost);
            BackerFailure failure = isAnswered ? queue.Outcome : BackerFailure.Ended;
            MapAhead(wait, failure);
            Wake(wait, failure);
        }
        queue.EndAsked();
        return true;
    }

    // Saves an instruction that goes on now its second fault; whatever comes of it, it tells. What
    // was mapped there since may take long to make, and is left to the fault.
    private static void MapAhead(BackerWait wait, BackerFailure failure)
    {
        if (failure != BackerFailure.None || wait.Use != BackerUse.Instruction
            || !wait.Request.IsForPage || wait.Thread!.Process.IsHeld)
            return;
        AddressSpace<MachineMemory> space = wait.Thread.Process.LiveSpace;
        if (space.TryFind(wait.Fault.Address, out Region? region)
            && region is SegmentRegion<MachineMemory> mapping && mapping.Segment == wait.Segment)
            space.Resolve(wait.Fault);
    }

    // Who is in a handler meanwhile looks at it after that.
    private static void Wake(BackerWait wait, BackerFailure failure)
    {
        wait.Failure = failure;
        BackerQueue.Remove(wait);
        if (wait.IsParked)
            Scheduler.MakeReady(wait.Thread!);
    }

    private static BackerFailure Supply(Process backer, BackerQueue queue, ulong data)
    {
        BackedSegment<MachineMemory> segment = queue.Asked!;
        if (segment.HasEnded || (queue.IsLate && !IsAwaited(queue)))
            return BackerFailure.None;
        // What would have to be supplied to the backer first is no answer.
        if (!UserMemory.TryReachPage(backer, data, out Frame source))
            return BackerFailure.Refused;
        PageCount wanted = PageCount.ForBytes(queue.AskedFor.Offset);
        return segment.Supply(wanted, source) == VmStatus.Done
            ? BackerFailure.None
            : BackerFailure.NoMemory;
    }

    private static bool IsAwaited(BackerQueue queue)
    {
        BackerWait? wait = queue.First;
        while (wait is not null && !queue.IsAnswered(wait))
            wait = wait.Next;
        return wait is not null || queue.Own is not null;
    }
}
