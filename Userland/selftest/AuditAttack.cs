using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Audits while many processes fill all memory, and then as it is given back bit by bit: the audit
/// needs memory itself, and what it takes must not look like a fault.
/// </summary>
internal sealed class AuditAttack
{
    private const int MostPrograms = 100;
    private const int Audits = 30;

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
}
