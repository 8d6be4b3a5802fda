using System.Runtime.CompilerServices;

namespace MemOS.Memory.Frames;

/// <summary>What a frame is wanted for, and what it may hold when it is handed out.</summary>
public readonly struct FrameUse
{
    private const uint Anything = uint.MaxValue;

    private readonly uint _accepted;

    private FrameUse(FrameState state, FrameOwner owner, uint accepted)
    {
        State = state;
        Owner = owner;
        _accepted = accepted;
    }

    /// <summary>The kernel's own data, zeroed.</summary>
    public static FrameUse Kernel =>
        new(FrameState.Kernel, FrameOwner.Kernel, FrameOwner.Zeroes.Value);

    /// <summary>The state that the frame will be in.</summary>
    internal FrameState State { get; }

    /// <summary>Who will be able to write to it.</summary>
    internal FrameOwner Owner { get; }

    /// <summary>A page table. It is all zero again when it is given back.</summary>
    internal static FrameUse PageTable =>
        new(FrameState.PageTable, FrameOwner.Zeroes, FrameOwner.Zeroes.Value);

    /// <summary>
    /// Data of an address space. The frame holds zeroes, or what the same space left in it; zeroes
    /// if the owner is not known.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FrameUse Data(FrameOwner owner) => new(
        FrameState.Writable, owner, uint.Max(owner.Value, FrameOwner.Zeroes.Value));

    /// <summary>Data of an address space, zeroed whoever had the frame before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FrameUse ZeroedData(FrameOwner owner) =>
        new(FrameState.Writable, owner, FrameOwner.Zeroes.Value);

    /// <summary>
    /// Data that the caller overwrites to the last byte before anyone sees it, such as a copy:
    /// nothing is zeroed.
    /// </summary>
    public static FrameUse OverwrittenData(FrameOwner owner) =>
        new(FrameState.Writable, owner, Anything);

    /// <summary>Whether a frame that holds this owner's data must be zeroed first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool NeedsZeroing(uint holder) =>
        holder != _accepted && holder != FrameOwner.Zeroes.Value && _accepted != Anything;

    /// <summary>Whether a frame that holds this owner's data suits best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Prefers(uint holder) => holder == _accepted;
}
