using System;
using System.Linq;
using Iced.Intel;
using MemOS.Instructions;
using MemOS.Instructions.Registers;
using MemOS.Memory;
using MemOS.Tests.Host.Instructions.Processor;
using MemOS.Tests.Host.Instructions.Trials;

namespace MemOS.Tests.Host.Instructions;

/// <summary>What the performer makes of an instruction against what this processor does.</summary>
public sealed class InstructionProperties
{
    private const int TrialsOfEach = 300;

    public static TheoryData<Mnemonic> Performed => [.. InstructionForms.Performed];

    [Theory, MemberData(nameof(Performed))]
    public void Registers_flags_and_memory_end_as_the_processor_leaves_them(Mnemonic name)
    {
        using var processor = new RealProcessor();
        var performer = new InstructionPerformer();
        Code[] codes = [.. InstructionForms.Of(name)];
        Assert.NotEmpty(codes);
        foreach (Code code in codes)
        {
            Gen.Int.Sample(
                seed => Compare(processor, performer, code, seed),
                iter: TrialsOfEach, threads: 1, print: seed => $"{code}, {seed}");
        }
    }

    private static void Compare(
        RealProcessor processor, InstructionPerformer performer, Code code, int seed)
    {
        ulong window = processor.ArenaStart + Window.Offset;
        Trial trial = new TrialBuilder(
            new Random(seed), processor.Place, window, RealProcessor.FsBase).Make(code);
        var memory = new WindowMemory(window, [.. trial.Memory], trial.Served);
        var run = new TrialRun(performer, trial, memory);
        Assert.True(run.Run() == PerformOutcome.Done, $"not done: {trial}");

        RegisterFile expected = trial.Registers;
        Span<byte> real = processor.Arena.Slice(Window.Offset, Window.Bytes);
        trial.Memory.CopyTo(real);
        processor.Run(trial.Code, ref expected);
        Assert.True(real.SequenceEqual(memory.Bytes), $"memory differs: {trial}");
        CompareRegisters(trial, expected, run.Registers);
        CompareAccesses(trial, memory);
    }

    private static void CompareRegisters(Trial trial, RegisterFile expected, RegisterFile actual)
    {
        for (int i = 0; i < RegisterFile.Count; i++)
        {
            var register = (GeneralRegister)i;
            Assert.True(
                expected.Read(register) == actual.Read(register),
                $"{register} {actual.Read(register):x}, not {expected.Read(register):x}: {trial}");
            Assert.True(expected.Vector(i) == actual.Vector(i), $"XMM{i} differs: {trial}");
        }
        ulong defined = DefinedFlags.After(trial.Instruction, trial.Registers);
        Assert.True(
            (expected.Flags.Value & defined) == (actual.Flags.Value & defined),
            $"flags {actual.Flags.Value:x}, not {expected.Flags.Value:x}: {trial}");
        Assert.Equal(
            trial.Registers.InstructionPointer + (ulong)trial.Code.Length,
            actual.InstructionPointer);
    }

    // A repeated instruction's are counted by what it left in memory and registers.
    private static void CompareAccesses(Trial trial, WindowMemory memory)
    {
        Instruction instruction = trial.Instruction;
        if (instruction.HasRepePrefix || instruction.HasRepnePrefix
            || !trial.Served.Equals(0..Window.Bytes))
        {
            return;
        }
        (int loaded, int stored) = TrialRun.BytesOf(in instruction);
        Assert.True(
            loaded == memory.Log.Where(a => a.Kind == Access.Read).Sum(a => (int)a.Size)
            && stored == memory.Log.Where(a => a.Kind == Access.Write).Sum(a => (int)a.Size),
            $"accesses {string.Join(", ", memory.Log)}: {trial}");
    }
}
