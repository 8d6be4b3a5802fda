using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.AddressSpaces;
using MemOS.Processes;

namespace MemOS.Audit;

/// <summary>
/// The part of the audit about address spaces: every process's regions against its page tables.
/// </summary>
internal sealed class SpacesAudit : AuditPart
{
    // About what it takes to begin with a process, in instructions.
    private const ulong ProcessCost = 200;

    private readonly SpaceAudit<MachineMemory> _space = new();
    private Process? _process;

    /// <inheritdoc/>
    internal override bool TryGoOn(ref WorkBudget budget)
    {
        while (_process is { } process)
        {
            if (budget.IsSpent || !_space.TryGoOn(ref budget))
                return false;
            if (process.Ending is null && _space.Finding != SpaceRule.Sound)
            {
                IsBroken = true;
                Log.Warn($"audit: BROKEN, {_space.Finding.ToString()} in {process.Name} "
                    + $"({process.Id.Value})");
                return true;
            }
            Enter(process.Younger);
            budget.Spend(ProcessCost);
        }
        return true;
    }

    /// <inheritdoc/>
    private protected override void OnBegin() => Enter(ProcessTable.First);

    // One that ends is half unmapped; its tables and frames are checked all the same.
    private void Enter(Process? process)
    {
        _process = process;
        if (process is { Ending: null })
            _space.Begin(process.LiveSpace);
    }
}
