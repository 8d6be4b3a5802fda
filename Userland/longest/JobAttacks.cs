using MemOS.Userland;

namespace MemOS.Longest;

/// <summary>Thousands of jobs.</summary>
internal static class JobAttacks
{
    private const int Jobs = 3500;
    private const int EmptyJobs = 30_000;

    internal static readonly Attack[] All =
    [
        new("list thousands of jobs, whose maker then ends", List),
        new("end a job with 30,000 empty ones below, and one that is not", EndAmongEmpty),
    ];

    private static void List() => Process.Wait(Children.Run(static () =>
    {
        for (int i = 0; i < Jobs; i++)
            Job.Create();
        _ = Job.List();
    }));

    private static void EndAmongEmpty()
    {
        Job job = Job.Create();
        for (int i = 0; i < EmptyJobs; i++)
            job.CreateBelow();
        Process.Spawn("longest", [Program.SleepArgument], job.CreateBelow());
        job.End();
    }
}
