using System;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Selftest;

/// <summary>
/// CREATE_PROCESS: what the two have and see, each other's ends, copies of copies. A copy looks at
/// itself and tells by how it ends.
/// </summary>
internal sealed unsafe class CopyChecks(Workbench bench)
{
    private const ulong Data = 0x1020_3040_5060_7080;
    private const uint ExitData = 0x0BAD_CAFE;
    private const uint Page = Memory.PageBytes;
    private const uint Pieces = 40;
    private const int Generations = 4;

    internal void Run()
    {
        TryBoth();
        TryMemory();
        TryLargePages();
        TryFreeing();
        TrySignals();
        TryCode();
        TryEnds();
        TryGenerations();
        new SegmentCalls(bench).CountsAll("after all copies");
    }

    /// <summary>Makes a copy of this process with all registers set.</summary>
    /// <returns>The child's number; 0 in the child.</returns>
    internal static ulong Fork(Workbench bench)
    {
        bench.Begin(SyscallCode.CreateProcess).Put(Data);
        ErrorCode error = bench.Caller.Send();
        // In a child, nothing is counted: its counts are its own.
        if (error == ErrorCode.None && bench.Caller.Value1 == 1)
            return 0;
        bench.Checks.Equal("CREATE_PROCESS", (ulong)ErrorCode.None, (ulong)error);
        return bench.Caller.Value0;
    }

    /// <summary>A copy ends with this.</summary>
    internal static void EndsWith(Workbench bench, string name, ulong child, ulong data)
    {
        ProcessEnd end = Process.Wait(new ProcessId(child));
        bench.Checks.That($"{name}: {end}", end.Reason == EndReason.Exited);
        bench.Checks.Equal(name, data, end.Data);
    }

    private void TryBoth()
    {
        ProcessInfo self = Own();
        ulong child = Fork(bench);
        Caller caller = bench.Caller;
        if (child == 0)
        {
            ProcessInfo info = Own();
            Answer(caller.HasKept, caller.Value0 == info.Id.Value && info.Id != self.Id,
                caller.Value2 == Data, info.Name == self.Name && info.Parent == self.Id
                    && info.Priority == self.Priority);
        }
        bench.Checks.That("CREATE_PROCESS: the caller keeps its registers", caller.HasKept);
        bench.Checks.Equal("CREATE_PROCESS: 0 in the caller", 0, caller.Value1);
        bench.Checks.Equal("CREATE_PROCESS: the data, in the caller", Data, caller.Value2);
        bench.Checks.That("CREATE_PROCESS: a new number", child > self.Id.Value);
        EndsWith(bench, "CREATE_PROCESS: number, data, name, registers, in the child", child, 0);
    }

    // What either writes the other never sees, whoever is first.
    private void TryMemory()
    {
        ulong start = Memory.Allocate(Pieces * Page).Start.Value;
        ulong segment = new SegmentCalls(bench).Make(Page, out ulong box);
        for (uint i = 0; i < Pieces; i += 2)
            At(start, i) = i;
        ulong child = Fork(bench);
        if (child == 0)
        {
            bool isSame = true;
            for (uint i = 0; i < Pieces; i++)
                isSame &= At(start, i) == (i % 2 == 0 ? i : 0);
            for (uint i = 0; i < Pieces; i += 4)
                At(start, i) = ~0ul;
            Hand(box, 1);
            Await(box, 2);
            bool isOwn = true;
            for (uint i = 0; i < Pieces; i++)
                isOwn &= At(start, i) == (i % 4 == 0 ? ~0ul : i % 2 == 0 ? i : 0);
            Answer(isSame, isOwn);
        }
        Await(box, 1);
        bool isKept = true;
        for (uint i = 0; i < Pieces; i++)
        {
            isKept &= At(start, i) == (i % 2 == 0 ? i : 0);
            At(start, i) = Data;
        }
        Hand(box, 2);
        bench.Checks.That("a copy's writes are not the caller's", isKept);
        EndsWith(bench, "the caller's writes are not a copy's", child, 0);
        Memory.Free(new(start), Pieces * Page);
        new SegmentCalls(bench).GiveUp(segment);
    }

    // Read and written through large pages, if there are any.
    private void TryLargePages()
    {
        const uint Bytes = 8 << 20;
        ulong start = Memory.Allocate(Bytes).Start.Value;
        for (uint i = 0; i < Bytes / Page; i++)
            At(start, i) = i;
        ulong child = Fork(bench);
        if (child == 0)
        {
            At(start, 700) = 0;
            bool isSame = true;
            for (uint i = 0; i < Bytes / Page; i++)
                isSame &= At(start, i) == (i == 700 ? 0 : i);
            Answer(isSame);
        }
        EndsWith(bench, "a copy of large pages", child, 0);
        bench.Checks.Equal("what a copy of large pages writes is its own", 700, At(start, 700));
        At(start, 1) = Data;
        Memory.Free(new(start), Bytes);
    }

    // Each can give back what both have.
    private void TryFreeing()
    {
        ulong start = Memory.Allocate(3 * Page).Start.Value;
        for (uint i = 0; i < 3; i++)
            At(start, i) = Data;
        ulong child = Fork(bench);
        if (child == 0)
        {
            Memory.Free(new(start + Page), Page);
            Answer(At(start, 0) == Data, At(start, 2) == Data,
                Process.FindRegion(Process.Id, new(start + Page)) is null);
        }
        EndsWith(bench, "a copy gives back a page in the middle", child, 0);
        bench.Checks.Equal("what a copy gives back stays with the caller", Data, At(start, 1));
        Memory.Free(new(start), 3 * Page);
    }

    private void TrySignals()
    {
        bench.Begin(SyscallCode.HandleSignal).Put((ulong)SignalCode.Terminate, sizeof(byte))
            .Put(bench.Grounds.ExecuteOnly);
        bench.Accepts("HANDLE_SIGNAL: before a copy is made");
        ulong child = Fork(bench);
        if (child == 0)
        {
            bench.Begin(SyscallCode.IsSignalHandled)
                .Put((ulong)SignalCode.Terminate, sizeof(byte));
            bool isHandled = bench.Caller.Send() == ErrorCode.None && bench.Caller.Value0 == 1;
            bench.Begin(SyscallCode.UnhandleSignal)
                .Put((ulong)SignalCode.Terminate, sizeof(byte)).Send();
            bool isReady = bench.Begin(SyscallCode.Ready).Send() == ErrorCode.AlreadyReady;
            bool isCalm = bench.Begin(SyscallCode.SignalDone).Send() == ErrorCode.NoHandler;
            Answer(isHandled, isReady, isCalm);
        }
        EndsWith(bench, "a copy handles what the caller does", child, 0);
        bench.Begin(SyscallCode.UnhandleSignal).Put((ulong)SignalCode.Terminate, sizeof(byte));
        bench.Accepts("UNHANDLE_SIGNAL: what a copy has taken out of its own table");
    }

    // A page that both have becomes code in one of them; the other's stays data.
    private void TryCode()
    {
        ulong start = Memory.Allocate(Page).Start.Value;
        At(start, 0) = Data;
        ulong child = Fork(bench);
        if (child == 0)
        {
            SegmentCalls calls = new(bench);
            ulong segment = calls.Capture(start, Page);
            calls.Unmap(segment, start);
            ulong code = calls.Map(segment, 0, 0, MappingRights.Read | MappingRights.Execute);
            Answer(At(code, 0) == Data);
        }
        EndsWith(bench, "a copy makes code of a page that both have", child, 0);
        At(start, 0) = ~Data;
        bench.Checks.Equal("the caller's page is still its data", ~Data, At(start, 0));
        Memory.Free(new(start), Page);
        child = Fork(bench);
        if (child == 0)
            Trespass.Write(OwnLayout.Code);
        ProcessEnd end = Process.Wait(new ProcessId(child));
        bench.Checks.That($"a copy cannot write its code: {end}",
            end.IsLike(new ProcessEnd(EndReason.Faulted, 0, FaultKind.Write)));
    }

    private void TryEnds()
    {
        ulong child = Fork(bench);
        if (child == 0)
            bench.Begin(SyscallCode.ExitThread).Put(ExitData, sizeof(uint)).Send();
        EndsWith(bench, "a copy has one thread", child, ExitData);
        child = Fork(bench);
        if (child == 0)
            Spin();
        bench.Checks.That("a copy is killed",
            Process.Kill(new ProcessId(child)).Reason == EndReason.Killed);
        int before = Process.List().Length;
        child = Fork(bench);
        if (child == 0)
        {
            // A copy of a copy, which is alone soon and then ends by itself.
            if (Fork(bench) == 0)
                Clock.Sleep(20);
            Process.Exit(0);
        }
        EndsWith(bench, "a copy ends before its own copy", child, 0);
        while (Process.List().Length != before)
            Clock.Sleep(1);
    }

    // Each generation writes to its own page of all, and ends in another order than it came.
    private void TryGenerations()
    {
        ulong start = Memory.Allocate((nuint)(Generations + 1) * Page).Start.Value;
        ulong failures = Descend(start, 0);
        bench.Checks.Equal("copies of copies see their forebears' memory alone", 0, failures);
        Memory.Free(new(start), (nuint)(Generations + 1) * Page);
    }

    // Two copies of each, of which the first goes on before the second is made.
    private ulong Descend(ulong start, uint generation)
    {
        At(start, generation) = generation + 1;
        if (generation == Generations)
            return 0;
        ulong failures = 0;
        for (int i = 0; i < 2; i++)
        {
            ulong child = Fork(bench);
            if (child == 0)
                Process.Exit((long)Descend(start, generation + 1));
            failures += Process.Wait(new ProcessId(child)).Data;
            for (uint piece = 0; piece <= Generations; piece++)
                failures += At(start, piece) == (piece <= generation ? piece + 1 : 0) ? 0ul : 1;
        }
        return failures;
    }

    private static ProcessInfo Own() =>
        Array.Find(Process.List(), static one => one.Id == Process.Id)!;

    private static void Hand(ulong box, ulong turn) => Volatile.Write(ref *(ulong*)box, turn);

    private static void Await(ulong box, ulong turn)
    {
        while (Volatile.Read(ref *(ulong*)box) != turn)
            Clock.Sleep(1);
    }

    // The exit data has a bit for each thing that is not so.
    internal static void Answer(params ReadOnlySpan<bool> holds)
    {
        long wrong = 0;
        for (int i = 0; i < holds.Length; i++)
            wrong |= holds[i] ? 0L : 1L << i;
        Process.Exit(wrong);
    }

    internal static void Spin()
    {
        while (true)
        {
            // Until somebody ends this process.
        }
    }

    // Safe: the caller allocated so many pages.
    private static ref ulong At(ulong start, uint page) =>
        ref *(ulong*)(start + ((ulong)page * Page));
}
