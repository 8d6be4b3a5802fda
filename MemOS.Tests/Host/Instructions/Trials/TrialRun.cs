using System.Linq;
using Iced.Intel;
using MemOS.Instructions;
using MemOS.Instructions.Accesses;
using MemOS.Instructions.Registers;
using MemOS.Memory;
using MemOS.Memory.Addresses;

namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>Performs a trial as the kernel does: fault by fault, answer by answer.</summary>
/// <param name="performer">What is tested.</param>
/// <param name="trial">The trial.</param>
/// <param name="memory">The program's memory.</param>
internal sealed class TrialRun(InstructionPerformer performer, Trial trial, WindowMemory memory)
{
    private const int MostAccesses = 2;

    private RegisterFile _registers = trial.Registers;

    /// <summary>The registers that it ends with.</summary>
    internal RegisterFile Registers => _registers;

    /// <summary>Performs all of it.</summary>
    internal PerformOutcome Run()
    {
        ulong start = _registers.InstructionPointer;
        PerformOutcome outcome;
        do
        {
            outcome = RunIteration();
        }
        while (outcome == PerformOutcome.Done && _registers.InstructionPointer == start);
        return outcome;
    }

    private PerformOutcome RunIteration()
    {
        ulong fault = trial.Fault(in _registers, memory);
        var instruction = new ServedInstruction(trial.Code, VirtualAddress.Create(fault));
        int before = memory.Log.Count;
        PerformOutcome outcome;
        while ((outcome = performer.Perform(
            in instruction, memory, ref _registers, out MemoryAccess wanted))
            == PerformOutcome.Wants)
        {
            instruction.Complete(wanted, memory.Serve(wanted));
        }
        MemoryAccess[] done = [.. memory.Log.Skip(before)];
        int loads = done.Count(a => a.Kind == Access.Read);
        Assert.InRange(loads, 0, MostAccesses);
        Assert.InRange(done.Length - loads, 0, MostAccesses);
        Assert.All(done[..loads], a => Assert.Equal(Access.Read, a.Kind));
        return outcome;
    }

    /// <summary>Bytes that one iteration loads and stores, by the decoder's tables.</summary>
    internal static (int Loaded, int Stored) BytesOf(in Instruction instruction)
    {
        UsedMemory[] used = [.. new InstructionInfoFactory().GetInfo(in instruction)
            .GetUsedMemory()];
        return (
            used.Where(m => Loads(m.Access)).Sum(m => m.MemorySize.GetSize()),
            used.Where(m => Stores(m.Access)).Sum(m => m.MemorySize.GetSize()));
    }

    private static bool Loads(OpAccess access) => access
        is OpAccess.Read or OpAccess.CondRead or OpAccess.ReadWrite or OpAccess.ReadCondWrite;

    private static bool Stores(OpAccess access) => access
        is OpAccess.Write or OpAccess.CondWrite or OpAccess.ReadWrite or OpAccess.ReadCondWrite;
}
