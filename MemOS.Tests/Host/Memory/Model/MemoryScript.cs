using System;
using System.Globalization;
using System.Linq;
using System.Text;
using MemOS.Tests.Model;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>
/// A machine and the steps to take on it. As text it is one step a line, after a line for the
/// machine; a failing test prints that, and it can be replayed.
/// </summary>
internal sealed record MemoryScript(ulong Frames, int Seed, MemoryStep[] Steps)
{
    public static MemoryScript Parse(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries
            | StringSplitOptions.RemoveEmptyEntries);
        string[] machine = lines[0].Split(' ');
        return new MemoryScript(
            ulong.Parse(machine[1], CultureInfo.InvariantCulture),
            int.Parse(machine[2], CultureInfo.InvariantCulture),
            [.. lines.Skip(1).Select(MemoryStep.Parse)]);
    }

    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Machine {Frames} {Seed}\n");
        foreach (MemoryStep step in Steps)
        {
            text.Append(step).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// Runs; a run that fails is cut down to a few steps that fail as well, and reported with them.
    /// </summary>
    public void RunOrShrink(int stepsAnAudit)
    {
        if (Failure(stepsAnAudit) is not Exception failure)
        {
            return;
        }

        MemoryStep[] steps = StepCutter.Cut(
            Steps, some => (this with { Steps = some }).Failure(1) is not null, int.MaxValue);
        MemoryScript least = this with { Steps = steps };
        Assert.Fail($"{least}{least.Failure(1) ?? failure}");
    }

    private Exception? Failure(int stepsAnAudit)
    {
        try
        {
            Run(stepsAnAudit);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <summary>Takes all steps, and checks every rule at some of them and at the end.</summary>
    public void Run(int stepsAnAudit)
    {
        MemoryModel model = new(Frames, Seed);
        for (int i = 0; i < Steps.Length; i++)
        {
            MemoryActs.Run(model, Steps[i]);
            model.Compare();
            if (i % stepsAnAudit == 0)
            {
                model.Audit();
            }
        }

        model.EndAll();
    }
}
