using System;
using System.Diagnostics;
using System.Globalization;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;
using Process = MemOS.Userland.Process;

namespace MemOS.Jobs;

/// <summary>
/// Four bombs side by side, each in a job with a limit, and beside them a program that goes on at
/// its pace; then all bombs are ended by one call.
/// </summary>
internal static class Program
{
    private const int RoundsAtOnce = 1000;
    private const uint MeasuredMilliseconds = 400;

    // What the lone program gets of its half at least: it is measured in slices.
    private const double LeastPart = 0.75;

    // The demo's own heap may have grown meanwhile.
    private const ulong SlackBytes = 1 << 20;

    private const int BarLength = 20;

    private static int Main(string[] args)
    {
        if (args is [Tree.Pace])
            KeepPace(Board.Receive());
        int bomb = args is [string name] ? Array.FindIndex(Bomb.All, one => one.Name == name) : -1;
        if (bomb >= 0)
            Bomb.All[bomb].Explode(Board.Receive(), bomb);
        Verdict verdict = new("jobs");
        ulong inUse = Machine.Memory.Programs;
        Show(verdict);
        if (Machine.Memory.Programs > inUse + SlackBytes)
            verdict.Fail("memory did not come back");
        return verdict.Print();
    }

    private static void Show(Verdict verdict)
    {
        using Tree tree = new();
        if (tree.Start() != ErrorCode.None)
        {
            verdict.Fail("there is too little memory for so many programs");
            return;
        }
        Job[] jobs = [tree.Lone, tree.Bombs, .. tree.Each];
        JobInfo[] before = Array.ConvertAll(jobs, job => job.Info);
        Clock.Sleep(MeasuredMilliseconds);
        JobInfo[] after = Array.ConvertAll(jobs, job => job.Info);
        double[] shares = Shares(before, after);
        int processes = tree.CountProcesses();
        long start = Stopwatch.GetTimestamp();
        tree.Bombs.End();
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Print(tree, after, shares, processes);
        Console.WriteLine($"One call ended the job \"bombs\": {processes} processes in "
            + $"{milliseconds.ToString("0", CultureInfo.InvariantCulture)} ms.");
        Judge(tree, after, shares, verdict);
    }

    private static void Print(Tree tree, JobInfo[] jobs, double[] shares, int processes)
    {
        Table table = new("job", "may have", "has", "processor");
        table.Add("pace", "all that is free", $"counted to {Sizes.Grouped(tree.Rounds)}",
            Bar(shares[0], ConsoleColor.DarkGreen));
        table.Add("bombs", $"{Tree.Limits.Processes} processes",
            $"{processes} processes, {Sizes.Of(jobs[1].Usage.CommittedBytes)}",
            Bar(shares[1], ConsoleColor.DarkCyan));
        for (int i = 0; i < Bomb.All.Length; i++)
        {
            Bomb bomb = Bomb.All[i];
            JobInfo job = jobs[i + 2];
            table.Add("  " + bomb.Name, bomb.Tell(bomb.Limit),
                $"{bomb.Tell(bomb.Count(job.Usage))}, then error 0x{(byte)tree.ErrorOf(i):X2}",
                Bar(shares[i + 2], ConsoleColor.DarkCyan));
        }
        Console.Write(table);
    }

    private static void Judge(Tree tree, JobInfo[] jobs, double[] shares, Verdict verdict)
    {
        for (int i = 0; i < Bomb.All.Length; i++)
        {
            Bomb bomb = Bomb.All[i];
            ulong has = bomb.Count(jobs[i + 2].Usage);
            if (tree.ErrorOf(i) != ErrorCode.NoMemory)
                verdict.Fail($"{bomb.Name}: error 0x{(byte)tree.ErrorOf(i):X2}, not 0x40");
            if (has > bomb.Limit || has < bomb.Limit - bomb.Slack)
                verdict.Fail($"{bomb.Name}: {bomb.Tell(has)}, not {bomb.Tell(bomb.Limit)}");
        }
        if (shares[0] < LeastPart / 2)
            verdict.Fail("the program beside the bombs did not get its share");
    }

    // Of all that the two jobs below the demo's used.
    private static double[] Shares(JobInfo[] before, JobInfo[] after)
    {
        double[] used = new double[after.Length];
        for (int i = 0; i < used.Length; i++)
            used[i] = (after[i].ProcessorTime - before[i].ProcessorTime).TotalMilliseconds;
        double total = used[0] + used[1];
        return Array.ConvertAll(used, one => one / total);
    }

    // Signs on a ground of their own colour: a bar on the screen, and signs where all is text.
    private static string Bar(double share, ConsoleColor color)
    {
        int length = (int)Math.Round(share * BarLength);
        string percent = share.ToString("0%", CultureInfo.InvariantCulture).PadLeft(4);
        return $"{percent}  {Ansi.Background(color)}"
            + Ansi.Paint(new string('#', length), color);
    }

    private static void KeepPace(Board board)
    {
        while (true)
        {
            for (int i = 0; i < RoundsAtOnce; i++)
            {
                // Counting is its work.
            }
            board[Tree.PaceLine]++;
        }
    }
}
