using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Cosmos.Core.Boot;
using Cosmos.Core.Devices;
using Cosmos.Core.Hardware;

namespace Cosmos.Core.Panics;

/// <summary>
/// The end of a kernel that found itself broken: a message, the registers and who called whom, on
/// COM1 and on the screen, then rest. Allocates nothing and takes no lock.
/// </summary>
public static unsafe class Panic
{
    private const int MostFrames = 40;
    private const int RegistersPerLine = 4;
    private const string RegisterNames =
        "rax rbx rcx rdx rsi rdi rbp rsp r8  r9  r10 r11 r12 r13 r14 r15 ";

    private static bool _panicking;

    /// <summary>Where panics are shown besides the log.</summary>
    public static TextDevice? Screen { get; set; }

    /// <summary>What is still to be sent to the log's line before a panic's own text.</summary>
    public static PendingText? Pending { get; set; }

    /// <summary>Stops the machine from where this is called.</summary>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fail(ReadOnlySpan<char> message)
    {
        PanicText text = Begin(message);
        ulong frame = Instruction.ReadFramePointer();
        // This frame is not news: the trace starts at the caller.
        Backtrace trace = new(0, frame);
        if (trace.MoveNext())
            WriteTrace(text, trace, CodeAddress.Return);
        End();
    }

    /// <summary>Stops the machine because of an exception of the processor.</summary>
    [DoesNotReturn]
    public static void Fail(ReadOnlySpan<char> message, in MachineState state)
    {
        PanicText text = Begin(message);
        WriteRegisters(text, state);
        WriteTrace(text, new Backtrace(state.InstructionPointer, state.FramePointer),
            CodeAddress.Instruction);
        End();
    }

    private static PanicText Begin(ReadOnlySpan<char> message)
    {
        Instruction.DisableInterrupts();
        if (_panicking)
        {
            // Reporting failed as well. The log is the simplest thing that can still work.
            KernelLog.Write("\nand again: "u8);
            KernelLog.WriteLine(message);
            End();
        }
        _panicking = true;
        Pending?.Flush();
        Screen?.SetColors(ConsoleColor.White, ConsoleColor.DarkRed);
        Screen?.Clear();
        PanicText text = new(Screen);
        text.Write("\nKERNEL PANIC: ");
        text.Write(message);
        text.Write("\n\n");
        return text;
    }

    private static void WriteRegisters(PanicText text, in MachineState state)
    {
        for (int i = 0; i < MachineState.GeneralCount; i++)
        {
            text.Write(RegisterNames.AsSpan(i * 4, 4));
            text.WriteAddress(state.General[i]);
            text.Write((i + 1) % RegistersPerLine == 0 ? "\n" : "  ");
        }
        WriteNamed(text, "rip ", state.InstructionPointer);
        WriteNamed(text, "flg ", state.Flags);
        WriteNamed(text, "cr2 ", state.FaultAddress);
        text.Write("vector ");
        text.WriteHex(state.Vector, 2);
        text.Write(" error ");
        text.WriteHex(state.ErrorCode, 4);
        text.Write("\n\n");
    }

    private static void WriteNamed(PanicText text, string name, ulong value)
    {
        text.Write(name);
        text.WriteAddress(value);
        text.Write("  ");
    }

    private static void WriteTrace(PanicText text, Backtrace trace, CodeAddress first)
    {
        CodeAddress kind = first;
        for (int i = 0; i < MostFrames; i++)
        {
            text.Write("  at ");
            text.WriteAddress(trace.Current);
            if (SymbolTable.TryFind(KernelImage.Code, trace.Current, kind,
                out ReadOnlySpan<byte> name, out ulong offset))
            {
                text.Write(" ");
                text.WriteUtf8(name);
                text.Write("+0x");
                text.WriteHex(offset, 1);
            }
            text.Write("\n");
            if (!trace.MoveNext())
                return;
            kind = CodeAddress.Return;
        }
        text.Write("  ...\n");
    }

    [DoesNotReturn]
    private static void End()
    {
        KernelLog.Write("\nThe machine is halted.\n"u8);
        while (true)
        {
            Instruction.DisableInterrupts();
            Instruction.Halt();
        }
    }
}
