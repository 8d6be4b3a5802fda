using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Contracts;
using MemOS.Processes;
using MemOS.Syscalls;

namespace MemOS.Audit;

/// <summary>
/// The check of the whole machine, from above to below: every process's regions against its page
/// tables, segments against regions and claims, what is kept against what was promised, and all
/// page tables against the records of all frames, with every alias. See docs/invariants.md.
/// </summary>
/// <remarks>
/// It is done in pieces, between which interrupts are let in, and needs no memory. It has to see
/// the machine as it is at one moment, so the machine is held from the first piece to the last: no
/// thread runs, the time wakes and ends nobody (<see cref="Interrupts"/>), and the collector does
/// no slice. Keys, lines and Ctrl-C wait. The thread that asked pays for the time.
/// </remarks>
internal static class MachineAudit
{
    private static AuditPart[] _parts = [];
    private static int _part;
    private static Thread? _caller;

    /// <summary>Whether the machine is held.</summary>
    internal static bool IsUnderWay => _caller is not null;

    /// <summary>Makes all that audits need.</summary>
    internal static void Start(KernelMemory memory) => _parts =
    [
        new DeviceAudit(), new SpacesAudit(), new SegmentAudit(), new JobAudit(),
        new FrameAudit(), new TablesAudit(memory),
    ];

    /// <summary>
    /// Begins an audit for the running thread, whose call is finished when all is checked. Nothing
    /// else runs until then.
    /// </summary>
    internal static void Begin(Thread caller)
    {
        Ensure.That(_caller is null, "nobody calls while the machine is held");
        _caller = caller;
        Begin();
        Cpu.RequestErrand();
    }

    /// <summary>Does a piece of the audit that is under way.</summary>
    internal static void GoOn()
    {
        WorkBudget budget = WorkBudget.Piece;
        if (!TryGoOn(ref budget))
            return;
        Thread caller = _caller!;
        _caller = null;
        SyscallCall.Finish(caller, Report() ? 1u : 0);
    }

    /// <summary>
    /// Checks everything in one go, at the end of the machine when nothing else runs any more, and
    /// writes into the log what it found.
    /// </summary>
    internal static void RunInOneGo()
    {
        WorkBudget budget = WorkBudget.Unlimited;
        Begin();
        bool isDone = TryGoOn(ref budget);
        Ensure.That(isDone, "what has no limit comes to an end");
        Report();
    }

    private static void Begin()
    {
        _part = 0;
        foreach (AuditPart part in _parts)
            part.Begin();
    }

    private static bool TryGoOn(ref WorkBudget budget)
    {
        while (_part < _parts.Length)
        {
            if (budget.IsSpent || !_parts[_part].TryGoOn(ref budget))
                return false;
            if (_parts[_part].IsBroken)
                return true;
            _part++;
        }
        return true;
    }

    // Whether every rule holds; what is broken was written when it was found.
    private static bool Report()
    {
        bool isSound = _part == _parts.Length;
        if (isSound)
            Log.Info($"audit: sound, {ProcessTable.Count} processes");
        return isSound;
    }
}
