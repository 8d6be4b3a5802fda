using System;
using Xunit;

namespace MemOS.Tests.Host;

/// <summary>
/// Tests that count what their thread allocates on the managed heap. They run while no others do.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountsAllocations
{
    public const string Name = nameof(CountsAllocations);

    private const int MostRounds = 5;

    /// <summary>The bytes of the round that allocates least.</summary>
    /// <remarks>
    /// What some work allocates, it allocates in every round. What else counts for the thread now
    /// and then is not the work's: a collection that another thread brings about takes the rest of
    /// the thread's allocation buffer, and code that is compiled anew makes objects of its own.
    /// </remarks>
    /// <param name="prepare">Readies a round, which does not count, and gives its work.</param>
    public static long Least(Func<Action> prepare) => LeastOf(() =>
    {
        Action work = prepare();
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    /// <summary>The same, where a round has nothing to make ready.</summary>
    public static long Least(Action work) => Least(() => work);

    /// <summary>The same, where a round counts by itself.</summary>
    /// <param name="round">Gives the bytes that its work allocated.</param>
    public static long LeastOf(Func<long> round)
    {
        long least = long.MaxValue;
        for (int i = 0; i < MostRounds && least != 0; i++)
        {
            least = Math.Min(least, round());
        }

        return least;
    }
}
