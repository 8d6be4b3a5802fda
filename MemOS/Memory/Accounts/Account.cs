using System;
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

    /// <summary>An account below another, or the first one.</summary>
    /// <param name="parent">The account above; null for the first.</param>
    /// <param name="limits">What it may use, as far as those above allow it.</param>
    public Account(Account? parent, in ResourceAmounts limits)
    {
        Parent = parent;
        _limits = limits;
    }

    /// <summary>The account above; null for the first.</summary>
    public Account? Parent { get; }

    /// <summary>What is used, by the account and those below it.</summary>
    public ResourceAmounts Usage => _usage;

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

    /// <summary>
    /// Changes the limits. What is used already stays, also if it is more.
    /// </summary>
    public void SetLimits(in ResourceAmounts limits) => _limits = limits;

    /// <summary>Charges an amount to this account and all above it.</summary>
    /// <returns>False if that is more than one of them may use; nothing has changed.</returns>
    public bool TryCharge(Resource resource, ulong amount)
    {
        for (Account? at = this; at is not null; at = at.Parent)
        {
            ulong used = at._usage[resource];
            ulong limit = at._limits[resource];
            if (used > limit || amount > limit - used)
            {
                Return(resource, amount, at);
                return false;
            }

            at._usage[resource] = used + amount;
        }

        return true;
    }

    /// <summary>Takes a charge back.</summary>
    public void Return(Resource resource, ulong amount) => Return(resource, amount, null);

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
