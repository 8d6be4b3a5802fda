using System;
using System.Diagnostics.CodeAnalysis;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Accounts;

/// <summary>
/// What a job may use of each resource, and what it uses. What is charged to an account is charged
/// to all above it as well, so that whatever is free in one can be used by any below it. Nothing
/// is made before it is charged, and a charge that is refused has changed nothing.
/// </summary>
public sealed class Account
{
    private ResourceAmounts _limits;
    private ResourceAmounts _usage;
    private AccountTally _met;

    /// <summary>An account below another, or the first one.</summary>
    /// <param name="parent">The account above; null for the first.</param>
    /// <param name="limits">What it may use, as far as those above allow it.</param>
    public Account(Account? parent, in ResourceAmounts limits)
    {
        Parent = parent;
        _limits = limits;
        Keepers = parent is null ? new Keepers() : parent.Keepers;
    }

    /// <summary>The account above; null for the first.</summary>
    public Account? Parent { get; }

    /// <summary>The purses that keep something, of all accounts of the tree.</summary>
    internal Keepers Keepers { get; }

    /// <summary>
    /// What is used, by the account and those below it; with what their purses keep.
    /// </summary>
    public ResourceAmounts Charged => _usage;

    /// <summary>What may be used: the least that this account and those above it allow.</summary>
    public ResourceAmounts Limits
    {
        get
        {
            ResourceAmounts limits = _limits;
            for (Account? above = Parent; above is not null; above = above.Parent)
            {
                for (Resource i = 0; i < (Resource)ResourceAmounts.Count; i++)
                {
                    limits[i] = Math.Min(limits[i], above._limits[i]);
                }
            }

            return limits;
        }
    }

    /// <summary>What is used, by the account and those below it.</summary>
    public ResourceAmounts Settle()
    {
        for (Resource i = 0; i < (Resource)ResourceAmounts.Count; i++)
        {
            TrySettle(i);
        }

        return _usage;
    }

    /// <summary>
    /// Changes the limits. What is used already stays, also if it is more.
    /// </summary>
    public void SetLimits(in ResourceAmounts limits) => _limits = limits;

    /// <summary>Charges an amount to this account and all above it.</summary>
    /// <returns>False if that is more than one of them may use; nothing has changed.</returns>
    public bool TryCharge(Resource resource, ulong amount) =>
        TryCharge(resource, amount, out _);

    /// <summary>Takes a charge back.</summary>
    public void Return(Resource resource, ulong amount) => Return(resource, amount, null);

    /// <summary>The same, and tells which account has too little.</summary>
    internal bool TryCharge(
        Resource resource, ulong amount, [NotNullWhen(false)] out Account? refuser)
    {
        for (Account? at = this; at is not null; at = at.Parent)
        {
            ulong used = at._usage[resource];
            ulong limit = at._limits[resource];
            if (used > limit || amount > limit - used)
            {
                Return(resource, amount, at);
                refuser = at;
                return false;
            }

            at._usage[resource] = used + amount;
        }

        refuser = null;
        return true;
    }

    /// <summary>
    /// Has all purses, of the account and those below, give back what they keep of a resource.
    /// </summary>
    /// <returns>Whether any kept something.</returns>
    internal bool TrySettle(Resource resource) => Keepers.TrySettle(this, resource);

    /// <summary>Whether it is another account or is below it.</summary>
    internal bool IsWithin(Account other)
    {
        Account? at = this;
        while (at is not null && at != other)
        {
            at = at.Parent;
        }

        return at is not null;
    }

    /// <summary>An audit has met what is to be charged to this account and all above it.</summary>
    /// <param name="amounts">What that is.</param>
    /// <param name="audit">The number of the audit; not 0, and never used again.</param>
    public void Meet(in ResourceAmounts amounts, ulong audit)
    {
        for (Account? at = this; at is not null; at = at.Parent)
        {
            at._met.Add(amounts, audit);
        }
    }

    /// <summary>
    /// The first resource of which another amount is charged, to this account or one above it,
    /// than an audit has met; null if there is none. Each account is compared once.
    /// </summary>
    /// <param name="audit">The number of the audit.</param>
    /// <param name="charged">What is charged.</param>
    /// <param name="met">What was met.</param>
    public Resource? FindMischarged(ulong audit, out ulong charged, out ulong met)
    {
        charged = 0;
        met = 0;
        for (Account? at = this; at is not null && at._met.TryCompare(audit); at = at.Parent)
        {
            for (Resource i = 0; i < (Resource)ResourceAmounts.Count; i++)
            {
                charged = at._usage[i];
                met = at._met.Amounts[i];
                if (charged != met)
                {
                    return i;
                }
            }
        }

        return null;
    }

    // Up to an account, which is left as it is.
    private void Return(Resource resource, ulong amount, Account? end)
    {
        for (Account? at = this; at != end; at = at!.Parent)
        {
            ref ulong used = ref at!._usage.At(resource);
            Ensure.That(amount <= used, "only what was charged is returned");
            used -= amount;
        }
    }
}
