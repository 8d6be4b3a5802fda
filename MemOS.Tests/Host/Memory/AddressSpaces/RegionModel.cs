using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Frames;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>A region as it should be.</summary>
internal sealed record RegionModel(
    ulong First, ulong End, PageRights Rights, RegionKind Kind, Backing Backing)
{
    public bool IsDemand => Backing is Backing.Demand or Backing.DemandZero;

    /// <summary>Frames that are kept for a page: code may cost the kernel a table.</summary>
    public ulong FramesPerPage => !IsDemand ? 0u : Rights.CanExecute ? 2u : 1u;
}

/// <summary>A frame that is held outside of address spaces and mapped in some.</summary>
internal sealed class SharedFrame(Frame frame, FrameState state, PageContent content)
{
    public Frame Frame => frame;

    public FrameState State => state;

    public PageContent Content => content;

    public bool IsHeld { get; set; } = true;

    public int Maps { get; set; }

    public bool Allows(PageRights rights) => State switch
    {
        FrameState.Writable => !rights.CanExecute,
        FrameState.ReadOnly => !rights.CanExecute && !rights.CanWrite,
        _ => !rights.CanWrite,
    };
}
