namespace Cosmos.Runtime.Heap;

/// <summary>
/// How much a collection may still do in one go, in units of about one instruction. What is begun
/// is finished: a budget may be overdrawn by one object, or one part of a large one.
/// </summary>
internal struct WorkBudget(long units)
{
    private long _left = units;

    /// <summary>More than any collection takes.</summary>
    internal static WorkBudget Unlimited => new(long.MaxValue);

    /// <summary>Whether nothing is left.</summary>
    internal readonly bool IsSpent => _left <= 0;

    /// <summary>Whether it does not matter how much is done.</summary>
    internal readonly bool IsUnlimited => _left > long.MaxValue / 2;

    /// <summary>Takes for what is done.</summary>
    internal void Spend(long units) => _left -= units;
}
