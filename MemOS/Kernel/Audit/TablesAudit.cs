using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Paging;
using MemOS.Processes;

namespace MemOS.Audit;

/// <summary>
/// The part of the audit about page tables: those of all processes and the kernel's against the
/// records of all frames, with every alias.
/// </summary>
internal sealed class TablesAudit : AuditPart, IAuditedTables<MachineMemory>
{
    private readonly PageTableAudit<MachineMemory> _tables;
    private Process? _next;

    internal TablesAudit(KernelMemory memory) =>
        _tables = new PageTableAudit<MachineMemory>(memory.Frames, memory.Table, this);

    /// <inheritdoc/>
    internal override bool TryGoOn(ref WorkBudget budget)
    {
        if (!_tables.TryGoOn(ref budget))
            return false;
        IsBroken = !_tables.Finding.IsSound;
        if (IsBroken)
            Log.Warn($"audit: BROKEN, {_tables.Finding.ToString()}");
        return true;
    }

    /// <inheritdoc/>
    public void Restart() => _next = ProcessTable.First;

    /// <inheritdoc/>
    public bool TryNext(out PageTable<MachineMemory>? table)
    {
        table = _next?.Space?.Table;
        bool isThere = _next is not null;
        _next = _next?.Younger;
        return isThere;
    }

    /// <inheritdoc/>
    private protected override void OnBegin() => _tables.Begin();
}
