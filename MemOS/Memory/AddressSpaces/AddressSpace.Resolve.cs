using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Faults;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.AddressSpaces;

/// <content>The fault path. It allocates no managed memory.</content>
public sealed partial class AddressSpace<TMemory>
{
    private const string TablesArePromised = "frames for tables are promised";

    /// <summary>
    /// Finds the region, checks the rights, gives the frame and maps it. A fault that has been
    /// resolved already is not an error.
    /// </summary>
    /// <param name="fault">What the program did.</param>
    /// <param name="budget">How much may be done now.</param>
    public FaultOutcome Resolve(in PageFault fault, ref WorkBudget budget)
    {
        Page page = fault.Address.Page;
        if (!_regions.TryFind(page, out Region? region)
            || !Table.Lets(region.Rights, fault.Access))
        {
            return FaultOutcome.Denied;
        }

        if (fault.Access != Access.Write && IsThere(page))
        {
            return FaultOutcome.Resumed;
        }

        if (region.Backing == Backing.Segment)
        {
            return GiveOfSegment(
                (SegmentRegion<TMemory>)region, page, fault.Access, ref budget);
        }

        if (!region.IsDemand)
        {
            // All of it is mapped already: the processor remembered that it was not, or a fork
            // closed the way.
            OwnPathToWrite(page, fault.Access);
            return FaultOutcome.Resumed;
        }

        return Give(region, page, fault.Access, ref budget);
    }

    /// <summary>The same in one step.</summary>
    public FaultOutcome Resolve(in PageFault fault)
    {
        WorkBudget budget = WorkBudget.Unlimited;
        return Resolve(fault, ref budget);
    }

    /// <summary>
    /// The frame behind an address, made present if it is not: how the kernel reaches a program's
    /// memory (architecture decision D10). Denied where it is a device's.
    /// </summary>
    /// <param name="address">The byte.</param>
    /// <param name="access">What the program would be doing with it.</param>
    /// <param name="frame">The small frame that holds the byte.</param>
    /// <param name="budget">How much may be done now.</param>
    public FaultOutcome Reach(
        VirtualAddress address, Access access, out Frame frame, ref WorkBudget budget)
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

        FaultOutcome outcome = Resolve(new PageFault(address, access), ref budget);
        if (outcome != FaultOutcome.Resumed || Table.TryReach(address.Page, access, out frame))
        {
            return outcome;
        }

        bool isFound = _regions.TryFind(address.Page, out Region? region);
        Ensure.That(
            isFound && IsDevice(region!), "a resolved fault makes the access to RAM possible");
        return FaultOutcome.Denied;
    }

    /// <summary>The same in one step.</summary>
    public FaultOutcome Reach(VirtualAddress address, Access access, out Frame frame)
    {
        WorkBudget budget = WorkBudget.Unlimited;
        return Reach(address, access, out frame, ref budget);
    }

    // Reading what is there takes nothing from those who share it after a fork.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsThere(Page page) =>
        Table.Family.WasForked && Table.TryTranslate(page, out _);

    private void OwnPathToWrite(Page page, Access access)
    {
        if (access == Access.Write)
        {
            OwnPath(page);
        }
    }

    private static bool IsDevice(Region region) =>
        region is SegmentRegion<TMemory> { Segment: DeviceSegment<TMemory> };

    // Walks the tables at most once, whichever size the page gets.
    private FaultOutcome Give(Region region, Page page, Access access, ref WorkBudget budget)
    {
        if (!Table.TryRecall(page, out Frame table))
        {
            int level = Table.Width.Levels();
            table = Table.Root;
            if (FitsLarge(region, page.LargeStart))
            {
                Descend(page, level, PageTable<TMemory>.LargeLevel, ref table);
                if (TryGiveLarge(region, page.LargeStart, table))
                {
                    return FaultOutcome.Resumed;
                }

                level = PageTable<TMemory>.LargeLevel;
            }

            DescendToSmall(page, level, ref table);
        }

        bool isThere = table == default || Table.IsSet(table, page, PageSize.Small);
        if (!isThere)
        {
            return GiveSmall(region, page, table);
        }

        // After a fork, what is there may still have to be made the space's own.
        if (access == Access.Write && Table.Family.WasForked)
        {
            return OwnFound(table, page, region.Rights, ref budget);
        }

        return FaultOutcome.Resumed;
    }

    // Most tables are there and the space's own; those that are not come out of the promise.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Descend(Page page, int from, int to, ref Frame table)
    {
        int level = Table.Descend(page, from, to, ref table);
        if (level != to)
        {
            _promise.Open();
            Ensure.That(Table.TryDescend(page, level, to, ref table), TablesArePromised);
            _promise.Close();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DescendToSmall(Page page, int from, ref Frame table)
    {
        Descend(page, from, PageTable<TMemory>.SmallLevel, ref table);
        if (table != default)
        {
            Table.Recall(page, table);
        }
    }

    // Code is given page by page, as each frame is sealed by itself; so is what is filled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool FitsLarge(Region region, Page first) =>
        first.Number + PageSizes.SmallInLarge <= region.EndNumber
            && first.Number >= region.FirstNumber && !region.Rights.CanExecute
            && region.Origin is null;

    // A large page where nothing is mapped yet and 2 MB are free in one piece.
    private bool TryGiveLarge(Region region, Page first, Frame table)
    {
        if (Table.IsSet(table, first, PageSize.Large))
        {
            return false;
        }

        _promise.Use(PageSizes.SmallInLarge);
        if (!_frames.TryAllocateLarge(UseFor(region), out Frame frame))
        {
            _promise.Return(PageSizes.SmallInLarge);
            return false;
        }

        MapStatus status = Table.SetCounted(
            table, first, PageSize.Large, frame, region.Rights, PageClaim.Own);
        Ensure.That(status == MapStatus.Mapped, "an empty entry takes a large page");
        return true;
    }

    private FaultOutcome GiveSmall(Region region, Page page, Frame table)
    {
        ulong promised = FramesFor(region.Rights, 1);
        _promise.Use(promised);
        bool isThere = _frames.TryAllocate(UseFor(region), out Frame frame);
        Ensure.That(isThere, "frames for pages are promised");
        region.Origin?.Fill(page, frame);
        if (region.Rights.CanExecute
            && FrameRule.TryMakeExecutable(_frames, frame) != HandOver.Done)
        {
            _frames.Discard(frame);
            _promise.Return(promised);
            _promise.Open();
            Table.CloseLeaves(table, page);
            _promise.Close();
            return FaultOutcome.OutOfMemory;
        }

        MapStatus status = Table.SetCounted(
            table, page, PageSize.Small, frame, region.Rights, PageClaim.Own);
        Ensure.That(status == MapStatus.Mapped, "an empty entry takes a page");
        return FaultOutcome.Resumed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FrameUse UseFor(Region region) =>
        region.Backing switch
        {
            Backing.Demand => FrameUse.Data(_owner),
            Backing.DemandFilled => FrameUse.OverwrittenData(_owner),
            _ => FrameUse.ZeroedData(_owner),
        };
}
