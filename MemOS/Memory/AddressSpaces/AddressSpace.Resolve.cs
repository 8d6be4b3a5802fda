using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Faults;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.AddressSpaces;

/// <content>The fault path. It allocates no managed memory.</content>
public sealed partial class AddressSpace<TMemory>
{
    /// <summary>
    /// Finds the region, checks the rights, gives the frame and maps it. A fault that has been
    /// resolved already is not an error.
    /// </summary>
    public FaultOutcome Resolve(in PageFault fault)
    {
        Page page = fault.Address.Page;
        if (!_regions.TryFind(page, out Region? region) || !region.Rights.Allows(fault.Access)
            || region.Rights == PageRights.None)
        {
            return FaultOutcome.Denied;
        }

        if (!region.IsDemand)
        {
            // All of it is mapped already: the processor remembered that it was not.
            return FaultOutcome.Resumed;
        }

        return TryMapLarge(region, page) ? FaultOutcome.Resumed : MapSmall(region, page);
    }

    /// <summary>
    /// The frame behind an address, made present if it is not: how the kernel reaches a program's
    /// memory (architecture decision D10).
    /// </summary>
    /// <param name="address">The byte.</param>
    /// <param name="access">What the program would be doing with it.</param>
    /// <param name="frame">The small frame that holds the byte.</param>
    public FaultOutcome Reach(VirtualAddress address, Access access, out Frame frame)
    {
        frame = default;
        if (!address.IsUserHalf || !Table.Width.Reaches(address.Page))
        {
            return FaultOutcome.Denied;
        }

        if (Table.TryReach(address.Page, access, out frame))
        {
            return FaultOutcome.Resumed;
        }

        FaultOutcome outcome = Resolve(new PageFault(address, access));
        if (outcome == FaultOutcome.Resumed && !Table.TryReach(address.Page, access, out frame))
        {
            Ensure.Broken("a resolved fault makes the access possible");
        }

        return outcome;
    }

    private FaultOutcome MapSmall(Region region, Page page)
    {
        if (Table.TryTranslate(page, out _))
        {
            return FaultOutcome.Resumed;
        }

        FrameUse use = region.Backing == Backing.Demand
            ? FrameUse.Data(_owner)
            : FrameUse.ZeroedData(_owner);
        Frame frame = _frames.AllocateReserved(use);
        if (region.Rights.CanExecute
            && FrameRule.TryMakeExecutable(_frames, frame) != HandOver.Done)
        {
            _frames.Discard(frame);
            Ensure.That(_frames.TryReserve(1), "a frame that came back can be kept again");
            return FaultOutcome.OutOfMemory;
        }

        _promise.Use(1);
        _promise.Open();
        MapStatus status = Table.TryMap(page, PageSize.Small, frame, region.Rights);
        Ensure.That(status == MapStatus.Mapped, "frames for tables are promised");
        _promise.Close();
        return FaultOutcome.Resumed;
    }

    // A large page where one fits, nothing is mapped yet and 2 MB are free in one piece.
    private bool TryMapLarge(Region region, Page page)
    {
        PageRange range = region.Range;
        if (range.Count.Value < PageSizes.SmallInLarge || region.Rights.CanExecute)
        {
            return false;
        }

        Page first = page.LargeStart;
        if (first < range.First || first.Number + PageSizes.SmallInLarge > range.EndNumber)
        {
            return false;
        }

        _promise.Open();
        bool isMapped = false;
        if (Table.TryOpen(first, PageSize.Large, out LeafTable<TMemory> leaves))
        {
            isMapped = !leaves.IsOccupied(first) && TryMapLarge(region, first, leaves);
            leaves.Close();
        }

        _promise.Close();
        return isMapped;
    }

    private bool TryMapLarge(Region region, Page first, LeafTable<TMemory> leaves)
    {
        FrameUse use = region.Backing == Backing.Demand
            ? FrameUse.Data(_owner)
            : FrameUse.ZeroedData(_owner);
        _frames.Unreserve(PageSizes.SmallInLarge);
        if (!_frames.TryAllocateLarge(use, out Frame frame))
        {
            Ensure.That(
                _frames.TryReserve(PageSizes.SmallInLarge), "what was kept can be kept again");
            return false;
        }

        _promise.Use(PageSizes.SmallInLarge);
        MapStatus status = leaves.TryMap(first, frame, region.Rights);
        Ensure.That(status == MapStatus.Mapped, "an empty entry takes a large page");
        return true;
    }
}
