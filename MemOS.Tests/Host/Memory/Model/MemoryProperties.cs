using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>
/// Random histories of processes, regions and segments against the reference model. The number of
/// steps in all is a million, or what MEMOS_STEPS says; MEMOS_SCRIPT names a file with a history
/// that a failing run printed.
/// </summary>
public sealed class MemoryProperties
{
    private const int StepsARun = 400;

    // How often each act comes, out of all.
    private static readonly Gen<MemoryAct> Act = Gen.Frequency(
        (1, Gen.Const(MemoryAct.Begin)),
        (2, Gen.Const(MemoryAct.End)),
        (2, Gen.Const(MemoryAct.Fork)),
        (8, Gen.Const(MemoryAct.Allocate)),
        (5, Gen.Const(MemoryAct.Free)),
        (8, Gen.Const(MemoryAct.Capture)),
        (1, Gen.Const(MemoryAct.Device)),
        (6, Gen.Const(MemoryAct.Share)),
        (3, Gen.Const(MemoryAct.EndShare)),
        (3, Gen.Const(MemoryAct.EndOwner)),
        (12, Gen.Const(MemoryAct.Map)),
        (3, Gen.Const(MemoryAct.MapAt)),
        (2, Gen.Const(MemoryAct.Execute)),
        (7, Gen.Const(MemoryAct.Unmap)),
        (2, Gen.Const(MemoryAct.UnmapAll)),
        (2, Gen.Const(MemoryAct.HandOver)),
        (3, Gen.Const(MemoryAct.Back)),
        (12, Gen.Const(MemoryAct.Supply)),
        (3, Gen.Const(MemoryAct.Handle)),
        (1, Gen.Const(MemoryAct.Unhandle)),
        (2, Gen.Const(MemoryAct.MakeReady)),
        (3, Gen.Const(MemoryAct.Send)),
        (4, Gen.Const(MemoryAct.Tell)),
        (1, Gen.Const(MemoryAct.BreakRule)),
        (50, Gen.Const(MemoryAct.Touch)));

    private static readonly Gen<MemoryStep> SmallStep = StepOf(Act);

    private static readonly Gen<MemoryStep> AnyStep = StepOf(Gen.Frequency(
        (30, Act), (1, Gen.Const(MemoryAct.AllocateLarge))));

    private static int Steps => int.Parse(
        Environment.GetEnvironmentVariable("MEMOS_STEPS") ?? "1000000",
        CultureInfo.InvariantCulture);

    [Fact]
    public void After_each_step_all_agrees_and_no_rule_is_broken() =>
        Sample(ScriptOf(Gen.ULong[8, 1800], AnyStep.Array[0, 120]), 100, 1);

    [Fact]
    public void A_million_steps_agree_with_the_reference_model() =>
        Sample(
            ScriptOf(Gen.ULong[20, 400], SmallStep.Array[StepsARun]),
            Steps * 9L / 10 / StepsARun, 50);

    [Fact]
    public void Large_pages_agree_with_the_reference_model() =>
        Sample(
            ScriptOf(Gen.ULong[600, 4000], AnyStep.Array[StepsARun]),
            Steps / 10 / StepsARun, 50);

    [Fact]
    public void Running_out_of_memory_at_any_frame_changes_nothing()
    {
        // The same steps with one frame more each time, until all of them succeed.
        Random chance = new(11);
        MemoryStep[] steps = [.. Enumerable.Range(0, 80).Select(_ => new MemoryStep(
            (MemoryAct)chance.Next((int)MemoryAct.Touch + 8), chance.Next(10_000),
            chance.Next(10_000), chance.Next(10_000)))];
        steps = [.. steps.Select(
            s => s.Act > MemoryAct.Touch ? s with { Act = MemoryAct.Touch } : s)
            .Where(s => s.Act != MemoryAct.AllocateLarge)];
        for (ulong frames = 4; frames < 200; frames++)
        {
            new MemoryScript(frames, 3, steps).RunOrShrink(4);
        }
    }

    [Fact]
    public void A_script_that_was_printed_can_be_replayed()
    {
        MemoryScript script = new(50, 7, [new(MemoryAct.Allocate, 1, 2, 0), new(default, 4, 5, 6)]);
        MemoryScript read = MemoryScript.Parse(script.ToString());
        Assert.Equal(script.Steps, read.Steps);
        Assert.Equal((script.Frames, script.Seed), (read.Frames, read.Seed));
        string? path = Environment.GetEnvironmentVariable("MEMOS_SCRIPT");
        (path is null ? read : MemoryScript.Parse(File.ReadAllText(path))).Run(1);
    }

    private static Gen<MemoryStep> StepOf(Gen<MemoryAct> act) =>
        Gen.Select(act, Gen.Int[0, 9999], Gen.Int[0, 9999], Gen.Int[0, 9999])
            .Select((kind, a, b, c) => new MemoryStep(kind, a, b, c));

    private static Gen<MemoryScript> ScriptOf(Gen<ulong> frames, Gen<MemoryStep[]> steps) =>
        Gen.Select(frames, Gen.Int[0, 999], steps)
            .Select((count, seed, all) => new MemoryScript(count, seed, all));

    private static void Sample(Gen<MemoryScript> scripts, long runs, int stepsAnAudit) =>
        scripts.Sample(
            script => script.RunOrShrink(stepsAnAudit), iter: runs,
            print: script => $"{script.Steps.Length} steps, cut down to:");
}
