using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// CREATE_THREAD where it fails, EXIT_THREAD of a last thread, and the registers of what a handler
/// interrupted; threads that run are for the program <c>signaltest</c>.
/// </summary>
internal sealed unsafe class ThreadChecks(Workbench bench)
{
    private const uint ExitData = 0x89AB_CDEF;
    private const int Seeds = 8;
    private const ulong Known = 0x0123_4567_89AB_CDEF;

    internal void Run()
    {
        ulong top = bench.Grounds.Writable + Memory.PageBytes;
        for (ulong bit = 1; bit < 16; bit <<= 1)
            Refuses(top + bit);
        ulong[] bad =
        [
            0x8000_0000_0000_0000, 0x100_0000_0000_0000, 0xFF00_0000_0000_0000,
            0xFFFF_8000_0000_0000, 0xFFFF_FFFF_FFFF_FFF0,
        ];
        foreach (ulong address in bad)
            Refuses(address);
        if (!bench.Grounds.HasFiveLevels)
            Refuses(0x8000_0000_0000);
        ProcessEnd end = Process.Wait(Process.Spawn("selftest", "exit-thread"));
        bench.Checks.Equal("EXIT_THREAD: of the last thread ends the process",
            (ulong)EndReason.Exited, (ulong)end.Reason);
        bench.Checks.Equal("EXIT_THREAD: its data is the process's", ExitData, end.Data);
        TryInterrupted();
    }

    /// <summary>In a child: ends its only thread.</summary>
    internal static int ExitLast()
    {
        new Caller().Begin(SyscallCode.ExitThread).Put(ExitData, sizeof(uint)).Send();
        return 1;
    }

    // A fault with all registers set, and a handler that changes all of them and makes the fault
    // good: by the base of FS, which is part of the address.
    private void TryInterrupted()
    {
        Handle(Processor.FaultHandler());
        bench.Accepts("HANDLE_SIGNAL: a handler that uses all registers");
        ulong hole = bench.Grounds.Hole;
        *(ulong*)(hole - Memory.PageBytes) = Known;
        // Safe: both lie in a page of their own.
        Registers* registers = (Registers*)Memory.Allocate(Memory.PageBytes).Start.Value;
        Registers* before = registers + 1;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            registers->Fill(seed);
            registers->Rdx = hole;
            *before = *registers;
            Processor.Fault(registers);
            bench.Checks.Equal("the instruction that faulted is tried again",
                Known, registers->Rax);
            bench.Checks.That("a handler changes none of the registers that it interrupts",
                registers->KeepsAllOf(*before) && registers->KeepsValuesOf(*before, 1)
                    && registers->Rcx == before->Rcx);
        }
        bench.Begin(SyscallCode.UnhandleSignal).Put((ulong)SignalCode.MemFault, sizeof(byte));
        bench.Accepts("UNHANDLE_SIGNAL: MEM_FAULT");
    }

    private void Handle(ulong handler) => bench.Begin(SyscallCode.HandleSignal)
        .Put((ulong)SignalCode.MemFault, sizeof(byte)).Put(handler);

    private void Refuses(ulong top)
    {
        bench.Begin(SyscallCode.CreateThread).Put(0).Put(top);
        bench.Refuses($"CREATE_THREAD: a stack that ends at {top:X}", ErrorCode.InvalidArgument);
    }
}
