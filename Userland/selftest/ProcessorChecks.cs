using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// What a program can load into the processor before it calls: any stack pointer, any selector.
/// It harms nobody, and nobody else sees it.
/// </summary>
internal sealed unsafe class ProcessorChecks(Workbench bench)
{
    private const int Values = 3;

    // No address at all, the other half's, the ends of what there is, nothing mapped.
    private static readonly ulong[] _stacks =
    [
        0x8000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFF8, 0x0100_0000_0000_0000,
        0x0000_8000_0000_0000, 0xFFFF_8000_0000_0000, 0xFF00_0000_0000_0000, ulong.MaxValue,
        0, 1, 8,
    ];

    internal void Run()
    {
        foreach (ulong stack in _stacks)
            TryStack(stack);
        TrySelectors();
    }

    /// <summary>In a child: what it ever finds in its selectors becomes its exit data.</summary>
    internal static int ReadSelectors()
    {
        ulong found = Processor.Selectors();
        TimeSpan end = Clock.Uptime + TimeSpan.FromMilliseconds(200);
        Caller handOver = new Caller().Begin(SyscallCode.HandOver);
        while (found == 0 && Clock.Uptime < end)
        {
            handOver.Send();
            found = Processor.Selectors();
        }
        Process.Exit((long)found);
        return 1;
    }

    private void TryStack(ulong stack)
    {
        ulong* values = stackalloc ulong[Values];
        SyscallCode[] codes =
            [SyscallCode.GetPid, SyscallCode.HandOver, SyscallCode.CountMemory];
        foreach (SyscallCode code in codes)
        {
            bench.Begin(code);
            Send($"{code}: with the stack pointer {stack:X}", stack, values, 0);
            bench.Checks.Equal($"{code}: the stack pointer {stack:X} is kept", stack, values[2]);
        }
        bench.Begin(SyscallCode.CreateProcess).Put(0);
        Send($"CREATE_PROCESS: with the stack pointer {stack:X}", stack, values, 0);
        if (values[1] == 1)
            CopyChecks.Answer(values[2] == stack);
        CopyChecks.EndsWith(bench, $"a copy has the stack pointer {stack:X}", values[0], 0);
        bench.Begin(SyscallCode.CreateProcess).Put(0);
        Send($"CREATE_PROCESS: and uses the stack {stack:X}", stack, values, 1);
        if (values[1] == 1)
            CopyChecks.Answer(false);
        ProcessEnd end = Process.Wait(new ProcessId(values[0]));
        bench.Checks.That($"a copy that uses the stack {stack:X} ends: {end}",
            end.Reason == EndReason.Faulted);
    }

    private void Send(string name, ulong stack, ulong* values, ulong uses)
    {
        // Safe: the block lies in a page of its own, and nothing is pushed to the stack but in a
        // copy, which ends by it.
        fixed (byte* block = bench.Caller.Block)
            bench.Checks.Equal(name, 0, Processor.CallOnStack(block, stack, values, uses));
    }

    private void TrySelectors()
    {
        ProcessId child = Process.Spawn("selftest", "selectors");
        bench.Begin(SyscallCode.HandOver);
        for (int i = 0; i < 100; i++)
        {
            // Safe: the block lies in a page of its own.
            fixed (byte* handOver = bench.Caller.Block)
                Processor.SpreadSelectors(handOver);
        }
        bench.Checks.Equal("another program's selectors are null", 0, Process.Wait(child).Data);
        bench.Checks.Equal("a fresh program's selectors are null", 0,
            Process.Wait(Process.Spawn("selftest", "selectors")).Data);
    }
}
