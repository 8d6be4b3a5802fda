using MemOS.Userland;

namespace MemOS.Longest;

/// <summary>Thousands of jobs.</summary>
internal static class JobAttacks
{
    private const int Jobs = 3500;

    internal static readonly Attack[] All =
    [
        new("list thousands of jobs, whose maker then ends", List),
    ];

    private static void List() => Process.Wait(Children.Run(static () =>
    {
        for (int i = 0; i < Jobs; i++)
            Job.Create();
        _ = Job.List();
    }));
}
