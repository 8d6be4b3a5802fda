using MemOS.Devices;
using MemOS.Jobs;
using MemOS.Memory;
using MemOS.Memory.Accounts;
using MemOS.Processes;
using MemOS.Segments;

namespace MemOS.Audit;

/// <summary>
/// The part of the audit about jobs: what each is charged is the sum of what there is of it and of
/// the jobs below it. It goes through all that is charged twice: to sum up, and to compare the
/// sums of all accounts that something is charged to.
/// </summary>
internal sealed class JobAudit : AuditPart
{
    // About what it takes to add something up for a job and all above it, in instructions.
    private const ulong ChargeCost = 2_000;

    // About what it takes to get back what purses keep.
    private const ulong SettleCost = 80_000;

    private bool _isSettled;
    private bool _isComparing;
    private ulong _number;
    private Process? _process;
    private SegmentEntry? _entry;
    private SegmentClaim? _claim;
    private Job? _job;

    /// <inheritdoc/>
    internal override bool TryGoOn(ref WorkBudget budget)
    {
        if (!_isSettled)
        {
            JobTable.Root.Account.Settle();
            budget.Spend(SettleCost);
            _isSettled = true;
        }
        if (!TryGoThrough(ref budget))
            return false;
        if (_isComparing || IsBroken)
            return true;
        _isComparing = true;
        Restart();
        return TryGoThrough(ref budget);
    }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        _isSettled = false;
        _isComparing = false;
        _number = CountNumber.Next();
        Restart();
    }

    private void Restart()
    {
        _process = ProcessTable.First;
        Enter(SegmentTable.First);
        _job = JobTable.Root;
    }

    // The families of address spaces are counted once in each time.
    private bool TryGoThrough(ref WorkBudget budget)
    {
        for (; _process is { } process && !IsBroken; _process = process.Younger)
        {
            if (!TrySpend(ref budget))
                return false;
            Take(process);
        }
        for (; _entry is { } entry && !IsBroken; Enter(entry.Next))
        {
            if (!TryTakeClaims(ref budget) || !TrySpend(ref budget))
                return false;
            Take(entry);
        }
        for (; _job is { } job && !IsBroken; _job = job.NextWithin(JobTable.Root))
        {
            if (!TrySpend(ref budget))
                return false;
            Take(job);
        }
        return true;
    }

    private static bool TrySpend(ref WorkBudget budget)
    {
        bool isLeft = !budget.IsSpent;
        budget.Spend(isLeft ? ChargeCost : 0);
        return isLeft;
    }

    private void Enter(SegmentEntry? entry)
    {
        _entry = entry;
        _claim = entry?.FirstClaim;
    }

    private bool TryTakeClaims(ref WorkBudget budget)
    {
        for (; _claim is { } claim && !IsBroken; _claim = claim.Next)
        {
            if (!TrySpend(ref budget))
                return false;
            if (claim.Payer is { } payer)
                Take(payer.Account, Bytes(Charges.ClaimBytes));
        }
        return true;
    }

    private void Take(Process process)
    {
        ResourceAmounts amounts = Bytes(Charges.ProcessBytes);
        ulong threads = (ulong)process.ThreadCount;
        amounts[Resource.Processes] = 1;
        amounts[Resource.Threads] = threads;
        amounts[Resource.KernelBytes] +=
            (threads * Charges.ThreadBytes) + process.Signals.ChargedBytes;
        amounts[Resource.QueuedSignals] = (ulong)process.Signals.Table.Waiting;
        if (process.Space is { } space)
        {
            space.AddCharges(ref amounts);
            amounts[Resource.KernelBytes] +=
                space.Table.Family.TryCountIn(_number) ? space.PooledBytes : 0;
        }
        Take(process.Purse.Account, amounts);
    }

    private void Take(SegmentEntry entry)
    {
        ResourceAmounts amounts = default;
        entry.Segment.AddCharges(ref amounts);
        Take(entry.Segment.Payer.Account, amounts);
    }

    // A job is charged to the one above it; the first is charged to nobody.
    private void Take(Job job)
    {
        if (job.Parent is { } parent)
        {
            ResourceAmounts amounts = Bytes(Charges.JobBytes);
            amounts[Resource.Processes] = 1;
            Take(parent.Account, amounts);
        }
        if (_isComparing)
            Compare(job.Account);
    }

    private void Take(Account account, in ResourceAmounts amounts)
    {
        if (_isComparing)
            Compare(account);
        else
            account.Meet(amounts, _number);
    }

    private void Compare(Account account)
    {
        Resource? resource = account.FindMischarged(_number, out ulong charged, out ulong met);
        if (resource is null || IsBroken)
            return;
        IsBroken = true;
        Log.Warn($"audit: BROKEN, a job is charged {charged} of resource {(int)resource}, {met} "
            + $"are there");
    }

    private static ResourceAmounts Bytes(ulong bytes)
    {
        ResourceAmounts amounts = default;
        amounts[Resource.KernelBytes] = bytes;
        return amounts;
    }
}
