using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Text;

namespace MemOS.Shell;

/// <summary>The programs that the shell has started, each in a job of its own.</summary>
internal static class Jobs
{
    private const string Beside = "&";
    private const char JobMark = '%';
    private const int LongestShown = 40;
    private const uint SampleMilliseconds = 100;

    // Ctrl-C ends whatever the shell starts.
    private const Authority Trusted = Authority.All & ~Authority.Keys;

    private static readonly Dictionary<ProcessId, Started> _beside = [];

    private sealed record Started(Job Job, ProcessId Child, string Name);

    /// <summary>Runs a program, and waits for it unless it is to run beside the shell.</summary>
    /// <param name="words">Name, arguments, perhaps &amp;.</param>
    internal static void Run(string[] words)
    {
        Place place = TakePlace(ref words);
        Run(words, place, CommandJob.Create(ProgramAuthority.Of(words[0]), place), []);
    }

    /// <summary>
    /// The same for a program that may do and have all that the shell may, and drive all devices.
    /// </summary>
    /// <param name="words">Name, arguments, perhaps &amp;.</param>
    internal static void Drive(string[] words)
    {
        Place place = TakePlace(ref words);
        Run(words, place, Job.Create(authority: Trusted), Device.Drivables());
    }

    /// <summary>Ends a job, by its number or that of the program it was made for.</summary>
    /// <param name="words">The number; of a job with % before it.</param>
    internal static void Kill(string[] words)
    {
        if (words is [[JobMark, .. string job]] && JobId.TryParse(job, out JobId id))
            KillJob(id);
        else if (words is [string number] && ProcessId.TryParse(number, out ProcessId child))
            KillProgram(child);
        else
            throw new UsageException("kill PID or kill %JOB; \"ps\" and \"jobs\" show them.");
    }

    /// <summary>Shows all jobs with what they use.</summary>
    internal static void List()
    {
        Dictionary<JobId, TimeSpan> before =
            Job.List().ToDictionary(job => job.Id, job => job.ProcessorTime);
        TimeSpan start = Clock.Uptime;
        Clock.Sleep(SampleMilliseconds);
        TimeSpan passed = Clock.Uptime - start;
        ILookup<JobId, ProcessInfo> processes = Process.List().ToLookup(process => process.Job);
        Table table = new Table("job", "under", "processes", "memory", "cpu", "program")
            .AlignRight(0).AlignRight(1).AlignRight(2).AlignRight(3).AlignRight(4);
        foreach (JobInfo job in Job.List())
        {
            TimeSpan used = job.ProcessorTime - before.GetValueOrDefault(job.Id, job.ProcessorTime);
            ulong memory = 0;
            foreach (ProcessInfo process in processes[job.Id])
                memory += process.ResidentBytes;
            table.Add($"%{job.Id}", $"%{job.Parent}",
                Sizes.Grouped((ulong)processes[job.Id].Count()), Sizes.Of(memory),
                (used / passed).ToString("0%", CultureInfo.InvariantCulture), NameOf(job));
        }
        Console.Write(table);
    }

    /// <summary>Tells of programs beside the shell that have ended.</summary>
    internal static void ReportEnded()
    {
        foreach (Started started in _beside.Values.ToArray())
        {
            if (!Process.TryWait(started.Child, 0, out ProcessEnd end))
                continue;
            _beside.Remove(started.Child);
            Console.WriteLine($"[{started.Child}] {started.Name}: {EndText.Of(end)}");
            Settle(started);
        }
    }

    private static Place TakePlace(ref string[] words)
    {
        Place place = words is [.., Beside] ? Place.Beside : Place.Foreground;
        if (place == Place.Beside)
            words = words[..^1];
        return words.Length > 0
            ? place
            : throw new UsageException("run what? \"programs\" lists them.");
    }

    private static void Run(string[] words, Place place, Job job, DeviceId[] devices)
    {
        ErrorCode error = Process.TrySpawn(
            words[0], words[1..], job, out ProcessId child, Process.OwnPriority, devices);
        if (error != ErrorCode.None)
        {
            job.TryEnd();
            throw new UsageException(
                $"{Shorten(words[0])}: {ErrorText.Of(SyscallCode.Spawn, error)}");
        }
        Started started = new(job, child, words[0]);
        if (place == Place.Beside)
        {
            _beside.Add(child, started);
            Console.WriteLine($"[{child}] {words[0]} in job %{job.Id}");
            return;
        }
        Attend(started);
    }

    private static void Attend(Started started)
    {
        started.Job.SetForeground();
        ProcessEnd end = Process.Wait(started.Child);
        Job.Own.SetForeground();
        if (!end.IsSuccess)
            Console.WriteLine($"{started.Name}: {EndText.Of(end)}");
        Settle(started);
    }

    // The program has ended. What it has started may go on; what Ctrl-C ends does not.
    private static void Settle(Started started)
    {
        JobInfo? job = Find(started.Job.Id);
        if (job is null)
            return;
        if (job.State == JobState.Open && HasProcess(job.Id))
            Console.WriteLine($"{started.Name}: others go on in job %{job.Id}");
        else
            started.Job.TryEnd();
    }

    private static void KillJob(JobId id)
    {
        if (Find(id) is null)
            throw new UsageException($"There is no job %{id}; \"jobs\" lists them.");
        if (id == CommandJob.Id)
            CommandJob.End();
        else
            new Job(id).TryEnd();
        Started? started = _beside.Values.FirstOrDefault(one => one.Job.Id == id);
        if (started is null)
        {
            Console.WriteLine($"%{id}: ended");
            return;
        }
        _beside.Remove(started.Child);
        Console.WriteLine($"[{started.Child}] {started.Name}: {Process.Wait(started.Child)}");
    }

    private static void KillProgram(ProcessId child)
    {
        if (!_beside.TryGetValue(child, out Started? started))
            throw new UsageException($"{child} is not a program that this shell started with &.");
        KillJob(started.Job.Id);
    }

    private static bool HasProcess(JobId job) => Array.Exists(
        Process.List(), process => process.Job == job && process.State != ProcessState.Ended);

    private static JobInfo? Find(JobId id) =>
        Array.Find(Job.List(), candidate => candidate.Id == id);

    private static string NameOf(JobInfo job) => job.Id == CommandJob.Id
        ? "all that was typed"
        : _beside.Values.FirstOrDefault(one => one.Job.Id == job.Id)?.Name ?? "";

    // What is no program may be any text that was typed.
    private static string Shorten(string name) =>
        name.Length <= LongestShown ? name : name[..LongestShown] + "...";
}
