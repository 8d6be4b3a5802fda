using System;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.WriteExec;

/// <summary>Tries to write what can be run and to run what can be written.</summary>
internal static unsafe class Program
{
    private const byte Return = 0xC3;

    private static byte _static;

    // Held here, or the compiler might put the object on the stack.
    private static byte[] _object = [];

    private static int Main(string[] args) => new Attempts("writexec")
    {
        { "write its code", FaultKind.Write, () => Trespass.Write(OwnLayout.Code) },
        { "write its constants", FaultKind.Write, () => Trespass.Write(OwnLayout.Constants) },
        { "run its constants", FaultKind.Execute, () => Trespass.Execute(OwnLayout.Constants) },
        { "run its data", FaultKind.Execute, RunData },
        { "run its heap", FaultKind.Execute, RunHeap },
        { "run its stack", FaultKind.Execute, RunStack },
        { "run fresh memory", FaultKind.Execute, RunFreshMemory },
        { "write execute-only memory", FaultKind.Write, WriteExecuteOnly },
        { "ask for write and execute", ErrorCode.BadRights, () => Ask(0b110) },
        { "ask for all rights", ErrorCode.BadRights, () => Ask(0b111) },
        { "ask for read and execute", ErrorCode.BadRights, () => Ask(0b101) },
        { "ask for no rights", ErrorCode.BadRights, () => Ask(0b000) },
    }.Run(args);

    private static void RunData()
    {
        _static = Return;
        // Safe: statics do not move.
        fixed (byte* start = &_static)
            Trespass.Execute(Address.Of(start));
    }

    private static void RunHeap()
    {
        _object = [Return];
        // Safe: pinned while it is tried.
        fixed (byte* start = _object)
            Trespass.Execute(Address.Of(start));
    }

    private static void RunStack()
    {
        byte code = Return;
        // Safe: the local outlives the call.
        Trespass.Execute(Address.Of(&code));
    }

    private static void RunFreshMemory()
    {
        using Pages pages = Memory.Allocate(Memory.PageBytes);
        pages[0] = Return;
        Trespass.Execute(pages.Start);
    }

    private static void WriteExecuteOnly()
    {
        using Pages pages = Memory.Allocate(Memory.PageBytes, MemoryRights.Execute);
        Trespass.Write(pages.Start);
    }

    private static ErrorCode Ask(byte rights) =>
        Memory.TryAllocate(Memory.PageBytes, (MemoryRights)rights, ZeroFirst.Yes, out _);
}
