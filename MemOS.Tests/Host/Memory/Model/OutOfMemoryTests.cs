using System;
using System.Collections.Generic;
using System.Linq;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>
/// Every step of random histories with no frame to be had, then with one, then with two, until it
/// succeeds: so each frame that it asks for is once the one that is missing.
/// </summary>
public sealed class OutOfMemoryTests
{
    private const int Histories = 100;
    private const int StepsAHistory = 60;

    private static readonly MemoryAct[] Asking =
    [
        MemoryAct.Begin, MemoryAct.Fork, MemoryAct.Allocate, MemoryAct.Capture, MemoryAct.Map,
        MemoryAct.MapAt, MemoryAct.Execute,
    ];

    // Those that need memory more often than those that give it back.
    private static readonly MemoryAct[] Acts =
    [
        .. Enum.GetValues<MemoryAct>().Where(act => act != MemoryAct.AllocateLarge), .. Asking,
        .. Asking, MemoryAct.Touch, MemoryAct.Touch, MemoryAct.Touch, MemoryAct.Touch,
        MemoryAct.Touch, MemoryAct.Touch,
    ];

    [Fact]
    public void Whichever_frame_is_missing_the_call_says_so_and_has_changed_nothing()
    {
        Dictionary<MemoryAct, int> ranOut = [];
        for (int seed = 0; seed < Histories; seed++)
        {
            Run(seed, ranOut);
        }

        // Each of them has met the lack of its first frame and of later ones, not a handful.
        Assert.All(Asking, act => Assert.InRange(ranOut.GetValueOrDefault(act), 50, int.MaxValue));
    }

    private static void Run(int seed, Dictionary<MemoryAct, int> ranOut)
    {
        Random chance = new(seed);
        MemoryModel model = new(frames: 1500, seed);
        for (int i = 0; i < StepsAHistory; i++)
        {
            MemoryStep step = new(
                Acts[chance.Next(Acts.Length)], chance.Next(10_000), chance.Next(10_000),
                chance.Next(10_000));
            int failures = Try(model, step);
            ranOut[step.Act] = ranOut.GetValueOrDefault(step.Act) + failures;
        }

        model.EndAll();
    }

    private static int Try(MemoryModel model, MemoryStep step)
    {
        ulong left = 0;
        do
        {
            if (!model.TrySqueeze(left))
            {
                Assert.True(CanExceedAll(step.Act), $"{step} runs out with all of the memory");
                break;
            }

            MemoryActs.Run(model, step);
            model.Compare();
            model.Audit();
            model.Ease();
            model.Compare();
            left++;
        }
        while (model.HasRunOut);
        return (int)left - 1;
    }

    // A mapping that copies what is written is promised all of its pages; segments with a backer
    // may be longer than RAM.
    private static bool CanExceedAll(MemoryAct act) =>
        act is MemoryAct.Map or MemoryAct.MapAt or MemoryAct.Execute;
}
