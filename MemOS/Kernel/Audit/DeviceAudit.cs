using MemOS.Devices;
using MemOS.Memory;

namespace MemOS.Audit;

/// <summary>The part of the audit about devices: none writes to memory by itself.</summary>
internal sealed class DeviceAudit : AuditPart
{
    // About what it takes to ask all functions on the buses, in instructions.
    private const ulong Cost = 20_000;

    /// <inheritdoc/>
    internal override bool TryGoOn(ref WorkBudget budget)
    {
        budget.Spend(Cost);
        if (DeviceTable.FindMaster() is not { } function)
            return true;
        IsBroken = true;
        Log.Warn($"audit: BROKEN, the device {$"{function.Vendor:x4}:{function.Device:x4}"} "
            + $"can write to any memory");
        return true;
    }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
    }
}
