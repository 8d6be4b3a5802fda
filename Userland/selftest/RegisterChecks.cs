using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>Registers stay what they are, also when others have the processor in between.</summary>
internal sealed unsafe class RegisterChecks(Workbench bench)
{
    private const ulong Rounds = 2_000_000;

    // Some dozens of time slices.
    private static readonly TimeSpan _long = TimeSpan.FromMilliseconds(200);

    internal void Run()
    {
        TryCalls();
        ProcessId child = Process.Spawn("selftest", "hold");
        bool hasHeld = Hold(0x5EED_0001);
        ProcessEnd end = Process.Wait(child);
        bench.Checks.That("registers are kept when another program computes", hasHeld);
        bench.Checks.That("the other program's registers are kept", end.IsSuccess);
    }

    /// <summary>
    /// Holds registers for some dozens of slices, in which others run, and looks at them again
    /// and again.
    /// </summary>
    internal static bool Hold(ulong seed)
    {
        // Safe: both lie in a page of their own.
        Registers* registers = (Registers*)Memory.Allocate(Memory.PageBytes).Start.Value;
        Registers* before = registers + 1;
        bool isKept = true;
        while (isKept && OwnTime() < _long)
        {
            registers->Fill(seed++);
            registers->Rcx = Rounds;
            *before = *registers;
            Processor.Hold(registers);
            isKept = registers->KeepsAllOf(*before) && registers->KeepsValuesOf(*before, 0)
                && registers->Rax == before->Rax && registers->Rcx == 0;
        }
        return isKept;
    }

    // A call that waits, and one that starts over, each with all registers set.
    private void TryCalls()
    {
        for (int i = 0; i < 8; i++)
        {
            bench.Begin(SyscallCode.Sleep).Put(2, sizeof(uint));
            bench.Accepts("SLEEP: all registers are kept");
            bench.Begin(SyscallCode.CountMemory);
            bench.Accepts("COUNT_MEMORY: all registers but the values are kept");
        }
    }

    private static TimeSpan OwnTime() =>
        Array.Find(Process.List(), one => one.Id == Process.Id)!.ProcessorTime;
}
