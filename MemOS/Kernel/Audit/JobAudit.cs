using System.Collections.Generic;
using MemOS.Jobs;
using MemOS.Memory.Accounts;
using MemOS.Memory.Paging;
using MemOS.Processes;
using MemOS.Segments;

namespace MemOS.Audit;

/// <summary>
/// The part of the audit about jobs: what each is charged is the sum of what there is of it and of
/// the jobs below it.
/// </summary>
internal static class JobAudit
{
    /// <summary>What is wrong; null if nothing is.</summary>
    internal static string? Check()
    {
        Dictionary<Account, ResourceAmounts> owed = [];
        HashSet<TableFamily> counted = [];
        for (Process? process = ProcessTable.First; process is not null; process = process.Younger)
            Add(owed, process, counted);
        for (SegmentEntry? entry = SegmentTable.First; entry is not null; entry = entry.Next)
            Add(owed, entry);
        Job root = JobTable.Root;
        for (Job? job = root.NextWithin(root); job is not null; job = job.NextWithin(root))
        {
            Add(owed, job.Parent!.Account, Amounts(Resource.Processes, 1, Charges.JobBytes));
        }
        root.Account.Settle();
        for (Job? job = root; job is not null; job = job.NextWithin(root))
            owed.TryAdd(job.Account, default);
        foreach ((Account account, ResourceAmounts amounts) in owed)
        {
            for (Resource i = 0; i < (Resource)ResourceAmounts.Count; i++)
            {
                if (account.Charged[i] != amounts[i])
                    return $"a job is charged {account.Charged[i]} {i}, {amounts[i]} are there";
            }
        }
        return null;
    }

    private static void Add(
        Dictionary<Account, ResourceAmounts> owed, Process process, HashSet<TableFamily> counted)
    {
        ResourceAmounts amounts = Amounts(Resource.Processes, 1, Charges.ProcessBytes);
        ulong threads = (ulong)process.ThreadCount;
        amounts[Resource.Threads] = threads;
        amounts[Resource.KernelBytes] +=
            (threads * Charges.ThreadBytes) + process.Signals.ChargedBytes;
        amounts[Resource.QueuedSignals] = (ulong)process.Signals.Table.Waiting;
        if (process.Space is { } space)
        {
            space.AddCharges(ref amounts);
            if (counted.Add(space.Table.Family))
                amounts[Resource.KernelBytes] += space.PooledBytes;
        }
        Add(owed, process.Purse.Account, amounts);
    }

    private static void Add(Dictionary<Account, ResourceAmounts> owed, SegmentEntry entry)
    {
        ResourceAmounts amounts = default;
        entry.Segment.AddCharges(ref amounts);
        Add(owed, entry.Segment.Payer.Account, amounts);
        for (SegmentClaim? claim = entry.FirstClaim; claim is not null; claim = claim.Next)
        {
            if (claim.Payer is not { } payer)
                continue;
            ResourceAmounts bytes = default;
            bytes[Resource.KernelBytes] = Charges.ClaimBytes;
            Add(owed, payer.Account, bytes);
        }
    }

    private static ResourceAmounts Amounts(Resource one, ulong count, ulong bytes)
    {
        ResourceAmounts amounts = default;
        amounts[one] = count;
        amounts[Resource.KernelBytes] = bytes;
        return amounts;
    }

    private static void Add(
        Dictionary<Account, ResourceAmounts> owed, Account account, in ResourceAmounts amounts)
    {
        for (Account? at = account; at is not null; at = at.Parent)
        {
            ResourceAmounts sum = owed.GetValueOrDefault(at);
            for (Resource i = 0; i < (Resource)ResourceAmounts.Count; i++)
                sum[i] += amounts[i];
            owed[at] = sum;
        }
    }
}
