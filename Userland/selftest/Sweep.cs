using System;
using System.Runtime.InteropServices;
using MemOS.Abi;

namespace MemOS.Selftest;

/// <summary>When the machine is audited.</summary>
internal enum Audits
{
    EachFailure,
    EachKind,
}

/// <summary>
/// Every call, while something that it needs runs out at each of its requests in turn, until it
/// does not fail for that any more; twice, as the second thing may need what the first did not.
/// After a failure nothing has changed and the machine is sound.
/// </summary>
internal sealed unsafe class Sweep(Workbench bench, Shortage[] shortages, Audits audits)
{
    private const int Things = 2;

    // What a call changes when it fails, it changes each time; the kernel may also finish something
    // from before meanwhile, at a tick, which it does once.
    private const int Attempts = 3;

    private readonly Caller _jobs = new();

    /// <summary>Tries all.</summary>
    internal void Run(string name)
    {
        Makings makings = new(bench);
        foreach (SyscallCode code in Enum.GetValues<SyscallCode>())
        {
            foreach (Making making in makings.Of(code))
            {
                ulong failures = Try(making);
                if (audits == Audits.EachKind)
                    Audit(making);
                bench.Checks.PrintFailures();
                Console.WriteLine($"{name}: {code}: {making.Name}: {failures} failures");
                makings.End();
            }
        }
    }

    private ulong Try(Making making)
    {
        ulong failures = 0;
        ulong[] made = new ulong[Things];
        for (int thing = 0; thing < Things; thing++)
        {
            for (int i = 0; i < shortages.Length; i++)
            {
                if (i != 0)
                    making.Undo(thing, made[thing]);
                failures += Try(making, thing, shortages[i]);
                made[thing] = bench.Caller.Value0;
            }
        }
        for (int thing = 0; thing < Things; thing++)
            making.Undo(thing, made[thing]);
        return failures;
    }

    // Until it succeeds.
    private ulong Try(Making making, int thing, Shortage shortage)
    {
        ulong failures = 0;
        ulong amount = 0;
        while (!TryMake(making, thing, shortage, amount) && amount < shortage.Most)
        {
            failures++;
            amount = shortage.After(amount);
        }
        bench.Checks.That(
            $"{making.Name}: succeeds with {shortage.Most}", amount < shortage.Most);
        return failures;
    }

    private bool TryMake(Making making, int thing, Shortage shortage, ulong amount)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryMake(making, thing, shortage, amount, out bool hasChanged))
                return true;
            if (!hasChanged)
                return false;
        }
        bench.Checks.That(making.Name, "its failure changes something", false);
        return false;
    }

    // Nothing is allocated here while something is short.
    private bool TryMake(
        Making making, int thing, Shortage shortage, ulong amount, out bool hasChanged)
    {
        hasChanged = false;
        making.Prepare(thing);
        ulong before = Look();
        shortage.Begin(amount);
        ErrorCode error = making.Send();
        shortage.End();
        if (error == making.Answer)
            return true;
        bench.Checks.Equal(making.Name, (ulong)ErrorCode.NoMemory, (ulong)error);
        hasChanged = !making.UsesHeap && (Look() != before || !bench.Caller.HasKept);
        if (audits == Audits.EachFailure)
            Audit(making);
        return error != ErrorCode.NoMemory;
    }

    private void Audit(Making making)
    {
        bench.Begin(SyscallCode.AuditMemory);
        ErrorCode audited = bench.Caller.Send();
        bench.Checks.Equal("AUDIT_MEMORY after a shortage", 0, (ulong)audited);
        if (audited == ErrorCode.None && bench.Caller.Value0 != 1)
            bench.Checks.That(making.Name, "its failure leaves what is not sound", false);
    }

    // Also what the kernel counts: all that it makes is counted for somebody.
    private ulong Look()
    {
        ulong hash = bench.Look();
        JobRecord job = default;
        _jobs.TellOwnJob(&job);
        foreach (ulong used in MemoryMarshal.Cast<ResourceRecord, ulong>(new(ref job.Usage)))
            hash = (hash * 31) ^ used;
        return hash;
    }
}
