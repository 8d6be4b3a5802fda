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
        if (!_regions.TryFind(page, out Region? region)
            || !Table.Lets(region.Rights, fault.Access))
        {
            return FaultOutcome.Denied;
        }

        if (!region.IsDemand)
        {
            // All of it is mapped already: the processor remembered that it was not.
            return FaultOutcome.Resumed;
        }

        _promise.Open();
        FaultOutcome outcome = Give(region, page);
        _promise.Close();
        return outcome;
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

    // Walks the tables once, whichever size the page gets.
    private FaultOutcome Give(Region region, Page page)
    {
        PageSize size = FitsLarge(region, page.LargeStart) ? PageSize.Large : PageSize.Small;
        bool isOpen = Table.TryOpen(page, size, out LeafTable<TMemory> leaves);
        if (isOpen && size == PageSize.Large)
        {
            if (TryGiveLarge(region, page.LargeStart, leaves))
            {
                return FaultOutcome.Resumed;
            }

            isOpen = leaves.TryDescend(page, out leaves);
        }

        Ensure.That(isOpen, "frames for tables are promised");
        return leaves.IsOccupied(page)
            ? FaultOutcome.Resumed
            : GiveSmall(region, page, leaves);
    }

    // Code is given page by page: each frame is sealed by itself.
    private static bool FitsLarge(Region region, Page first) =>
        !region.Rights.CanExecute && first.Number >= region.FirstNumber
            && first.Number + PageSizes.SmallInLarge <= region.EndNumber;

    // A large page where nothing is mapped yet and 2 MB are free in one piece.
    private bool TryGiveLarge(Region region, Page first, in LeafTable<TMemory> leaves)
    {
        if (leaves.IsOccupied(first))
        {
            return false;
        }

        _promise.Use(PageSizes.SmallInLarge);
        if (!_frames.TryAllocateLarge(UseFor(region), out Frame frame))
        {
            _promise.Return(PageSizes.SmallInLarge);
            return false;
        }

        MapStatus status = leaves.TryMap(first, frame, region.Rights);
        Ensure.That(status == MapStatus.Mapped, "an empty entry takes a large page");
        return true;
    }

    private FaultOutcome GiveSmall(Region region, Page page, in LeafTable<TMemory> leaves)
    {
        ulong promised = FramesFor(region.Rights, 1);
        _promise.Use(promised);
        bool isThere = _frames.TryAllocate(UseFor(region), out Frame frame);
        Ensure.That(isThere, "frames for pages are promised");
        if (region.Rights.CanExecute
            && FrameRule.TryMakeExecutable(_frames, frame) != HandOver.Done)
        {
            _frames.Discard(frame);
            _promise.Return(promised);
            leaves.Close();
            return FaultOutcome.OutOfMemory;
        }

        MapStatus status = leaves.TryMap(page, frame, region.Rights);
        Ensure.That(status == MapStatus.Mapped, "an empty entry takes a page");
        return FaultOutcome.Resumed;
    }

    private FrameUse UseFor(Region region) =>
        region.Backing == Backing.Demand
            ? FrameUse.Data(_owner)
            : FrameUse.ZeroedData(_owner);
}
