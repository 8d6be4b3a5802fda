namespace MemOS.Memory;

/// <summary>
/// How much an operation may still do before it lets others have the processor, in about
/// instructions. What costs as much as there is memory is done in pieces, as interrupts are off in
/// the kernel (architecture decision D15). A piece ends a step after its budget is spent.
/// </summary>
public struct WorkBudget
{
    // What a piece may do, so that it stays below 200,000 instructions with the last step, which
    // may be a table of 512 pages, and all around it.
    private const long OfPiece = 60_000;

    private long _left;

    private WorkBudget(long left, bool isLimited)
    {
        _left = left;
        IsLimited = isLimited;
    }

    /// <summary>For all there is to do.</summary>
    public static WorkBudget Unlimited => new(long.MaxValue, false);

    /// <summary>For one piece.</summary>
    public static WorkBudget Piece => Of(OfPiece);

    /// <summary>How many steps of a cost, in instructions, a piece has at most.</summary>
    public static int MostInPiece(ulong cost) => (int)(OfPiece / (long)cost) + 1;

    /// <summary>For about so many instructions.</summary>
    public static WorkBudget Of(long instructions) => new(instructions, true);

    /// <summary>Whether the rest has to wait for the next piece.</summary>
    public readonly bool IsSpent => _left <= 0;

    /// <summary>Whether there is an end to it.</summary>
    internal readonly bool IsLimited { get; }

    /// <summary>So many instructions were done, about.</summary>
    public void Spend(ulong instructions) => _left -= (long)instructions;
}
