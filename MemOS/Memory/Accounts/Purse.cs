using System.Runtime.CompilerServices;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Accounts;

/// <summary>
/// The way of one process to the account of its job. It keeps a little of what was charged and
/// came back, so that most charges are a comparison and touch no account. Whoever reaches a limit
/// gets what all keep below it first: no charge is refused for what somebody keeps. Only the last
/// <see cref="Keepers.Most"/> purses that were used keep something.
/// </summary>
public sealed class Purse
{
    private const int NoPlace = -1;

    private ResourceAmounts _kept;

    // Nothing while it may not keep anything, so that each return is a case for GiveBack.
    private ResourceAmounts _most;
    private int _place = NoPlace;
    private bool _isClosed;

    /// <summary>A purse in which nothing is.</summary>
    public Purse(Account account) => Account = account;

    /// <summary>What is charged.</summary>
    public Account Account { get; }

    /// <summary>What it keeps: charged to the account, and used by nobody.</summary>
    public ResourceAmounts Kept => _kept;

    /// <summary>Charges an amount, before that is made which it stands for.</summary>
    /// <returns>False if a limit is reached; nothing has changed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(Resource resource, ulong amount)
    {
        ref ulong kept = ref _kept.At(resource);
        if (amount > kept)
        {
            return TryCharge(resource, amount);
        }

        kept -= amount;
        return true;
    }

    /// <summary>Takes a charge back, now that what it stood for is gone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(Resource resource, ulong amount)
    {
        ref ulong kept = ref _kept.At(resource);
        kept += amount;
        if (kept > _most.At(resource))
        {
            GiveBack(resource);
        }
    }

    /// <summary>
    /// Nothing is charged by it any more, as its process has ended. What the process leaves behind
    /// can still be returned, and goes to the account at once.
    /// </summary>
    public void Close()
    {
        Ensure.That(!_isClosed, "a purse is closed once");
        _isClosed = true;
        if (_place == NoPlace)
        {
            return;
        }

        Account.Keepers.Remove(_place);
        StopKeeping();
    }

    /// <summary>Gives back all that it keeps, and keeps nothing until it is used again.</summary>
    internal void StopKeeping()
    {
        for (Resource i = 0; i < (Resource)ResourceAmounts.Count; i++)
        {
            Settle(i);
        }

        _most = default;
        _place = NoPlace;
    }

    /// <summary>Gives back what it keeps of a resource.</summary>
    internal void Settle(Resource resource)
    {
        ref ulong kept = ref _kept.At(resource);
        if (kept != 0)
        {
            Account.Return(resource, kept);
        }

        kept = 0;
    }

    // So much that a program which takes and gives back a little at a time is not slowed down.
    private static ulong MostOf(Resource resource) => resource switch
    {
        Resource.CommittedBytes => 256 * 1024,
        Resource.KernelBytes => 256 * 1024,
        Resource.Regions => 32,
        Resource.QueuedSignals => 8,
        _ => 0,
    };

    private void StartKeeping()
    {
        if (_place != NoPlace || _isClosed)
        {
            return;
        }

        for (Resource i = 0; i < (Resource)ResourceAmounts.Count; i++)
        {
            _most[i] = MostOf(i);
        }

        _place = Account.Keepers.Add(this);
    }

    // More than is kept is asked for, for the next times.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryCharge(Resource resource, ulong amount)
    {
        StartKeeping();
        ref ulong kept = ref _kept.At(resource);
        ulong missing = amount - kept;
        ulong more = _most[resource] / 2;
        if (missing <= ulong.MaxValue - more && Account.TryCharge(resource, missing + more))
        {
            kept = more;
            return true;
        }

        while (!Account.TryCharge(resource, amount - kept, out Account? refuser))
        {
            // What this purse keeps itself may be given back as well.
            if (!refuser.TrySettle(resource))
            {
                return false;
            }
        }

        kept = 0;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GiveBack(Resource resource)
    {
        StartKeeping();
        ref ulong kept = ref _kept.At(resource);
        ulong most = _most[resource];
        if (kept <= most)
        {
            return;
        }

        ulong rest = most / 2;
        Account.Return(resource, kept - rest);
        kept = rest;
    }
}
