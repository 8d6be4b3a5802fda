using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Audits while many processes fill all memory, and then as it is given back bit by bit: the audit
/// needs none itself. And audits beside programs that never rest: it takes many ticks, and nothing
/// of what it looks at may change meanwhile.
/// </summary>
internal sealed class AuditAttack
{
    private const int MostPrograms = 100;
    private const int Audits = 30;

    private const int BusyPrograms = 2;
    private const uint BusyPages = 64;

    // Milliseconds that a program has to end itself: about as long as an audit takes.
    private const uint LeastTime = 8;
    private const uint Times = 15;

    private readonly MemoryHoard _memory = new();
    private readonly Caller _caller = new();
    private readonly ProcessId[] _programs = new ProcessId[MostPrograms];

    /// <summary>Starts programs until there are enough or no memory, takes the rest, and audits.
    /// </summary>
    internal int Run()
    {
        int count = 0;
        // Programs, not copies: those have their page tables together, as one family.
        while (count < MostPrograms && Process.TrySpawn(
            "selftest", ["rest"], out ProcessId started) == ErrorCode.None)
            _programs[count++] = started;
        int sound = 0;
        int broken = 0;
        int refused = 0;
        int most = count;
        _memory.TakeAll();
        while (sound + broken < Audits)
        {
            ErrorCode error = _caller.Begin(SyscallCode.AuditMemory).Send();
            if (error == ErrorCode.NoMemory)
                refused++;
            else if (error == ErrorCode.None && _caller.Value0 == 1)
                sound++;
            else
                broken++;
            if (_memory.TryGiveOneBack())
                continue;
            if (count == 0)
                break;
            Process.Kill(_programs[--count]);
        }
        _memory.GiveAllBack();
        foreach (ProcessId program in _programs.AsSpan(0, count))
            Process.Kill(program);
        Console.WriteLine($"attack: beside {most} programs {refused} audits had no memory, "
            + $"{sound} were sound, {broken} were not");
        return 0;
    }

    /// <summary>
    /// Audits beside copies that have memory and processes come and go, while the time of a program
    /// passes which is to be ended then.
    /// </summary>
    internal int RunBesideBusy()
    {
        for (int i = 0; i < BusyPrograms; i++)
        {
            if (Process.Copy() is not { } child)
                GoOn();
            else
                _programs[i] = child;
        }
        int sound = 0;
        for (uint i = 0; i < Audits; i++)
            sound += IsSoundAtAnEnd(LeastTime + (i % Times)) ? 1 : 0;
        foreach (ProcessId program in _programs.AsSpan(0, BusyPrograms))
            Process.Kill(program);
        Console.WriteLine(
            $"attack: beside {BusyPrograms} busy programs {sound} of {Audits} audits were sound");
        return 0;
    }

    // A tick of the timer ends a program that was told to end itself in time and does not: in the
    // midst of the audit, if it may.
    private static bool IsSoundAtAnEnd(uint milliseconds)
    {
        Job job = Job.Create();
        ProcessId program = Process.Spawn("selftest", ["stay"], job);
        while (!Confined.IsListening(program))
            Clock.Sleep(1);
        if (Process.Copy() is not { } ender)
        {
            job.End(milliseconds);
            Process.Exit(0);
            return false;
        }
        bool hasEnded = false;
        while (!hasEnded && !Confined.IsListening(ender))
            hasEnded = Process.TryWait(ender, 1, out _);
        bool isSound = Machine.Audit();
        if (!hasEnded)
            Process.Wait(ender);
        Process.Wait(program);
        return isSound;
    }

    // What the copies leave behind is the collector's.
    private static void GoOn()
    {
        while (true)
        {
            using Pages pages = Memory.Allocate(BusyPages * Memory.PageBytes);
            for (nuint i = 0; i < BusyPages; i++)
                pages.Slice(i * Memory.PageBytes, 1)[0] = 1;
            if (Process.Copy() is { } child)
                Process.Wait(child);
            else
                Process.Exit(0);
        }
    }

    /// <summary>Stays until it is ended, whatever it is told.</summary>
    internal static int Stay()
    {
        Signals.WillTerminate += static _ => { };
        while (true)
            Clock.Sleep(uint.MaxValue);
    }
}
