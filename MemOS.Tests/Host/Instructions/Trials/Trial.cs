using System;
using System.Collections.Generic;
using System.Linq;
using Iced.Intel;
using MemOS.Instructions.Registers;

namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>One instruction with all that it meets.</summary>
internal sealed record Trial
{
    /// <summary>The instruction, encoded for the place where the processor runs it.</summary>
    internal required byte[] Code { get; init; }

    /// <summary>The same, decoded.</summary>
    internal required Instruction Instruction { get; init; }

    /// <summary>The registers before it.</summary>
    internal required RegisterFile Registers { get; init; }

    /// <summary>What the window holds before it.</summary>
    internal required byte[] Memory { get; init; }

    /// <summary>What part of the window is served.</summary>
    internal required Range Served { get; init; }

    /// <summary>Where its operands are, but for those of a string instruction.</summary>
    internal required IReadOnlyList<ulong> Operands { get; init; }

    /// <summary>The byte that the processor would report, with an iteration's registers.</summary>
    internal ulong Fault(in RegisterFile registers, WindowMemory memory)
    {
        RegisterFile now = registers;
        IEnumerable<ulong> places = Instruction.IsStringInstruction
            ? Kinds.Select(kind => kind switch
            {
                OpKind.MemorySegRSI => now.Read(GeneralRegister.Rsi),
                OpKind.MemorySegESI => (uint)now.Read(GeneralRegister.Rsi),
                OpKind.MemoryESRDI => now.Read(GeneralRegister.Rdi),
                OpKind.MemoryESEDI => (uint)now.Read(GeneralRegister.Rdi),
                _ => 0UL,
            })
            : Operands;
        return places.First(memory.IsServed);
    }

    public override string ToString() =>
        $"{Instruction} ({Convert.ToHexString(Code)}), served {Served}, flags "
        + $"{Registers.Flags.Value:x}";

    private IEnumerable<OpKind> Kinds =>
        Enumerable.Range(0, Instruction.OpCount).Select(Instruction.GetOpKind);
}
