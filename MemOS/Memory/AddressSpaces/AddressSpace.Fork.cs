using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Faults;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.AddressSpaces;

/// <content>
/// The space's own pages, which are copied when they are written while others have them too.
/// </content>
public sealed partial class AddressSpace<TMemory>
{
    // About what it takes to copy a small page, in instructions.
    private const ulong CopyCost = 1_200;

    // Makes the tables on the way to a page this space's alone, out of the promise.
    private void OwnPath(Page page)
    {
        if (Table.Family.WasForked)
        {
            _promise.Open();
            Ensure.That(Table.TryOwnPath(page), TablesArePromised);
            _promise.Close();
        }
    }

    // The same in a table that was found on a way that is the space's own; none if the page is
    // large.
    private FaultOutcome OwnFound(
        Frame table, Page page, PageRights rights, ref WorkBudget budget)
    {
        if (table == default)
        {
            return OwnOrGoOn(page, rights, ref budget);
        }

        if (!Table.TryOpenSmall(table, page, rights, _owner, out Frame shared))
        {
            MapStatus status =
                Table.ReplaceSmall(table, page, CopySmall(shared, rights), rights);
            Ensure.That(status == MapStatus.Mapped, "a copy can be mapped as what it is of");
        }

        return FaultOutcome.Resumed;
    }

    private FaultOutcome OwnOrGoOn(Page page, PageRights rights, ref WorkBudget budget) =>
        TryOwnPage(page, rights, ref budget) ? FaultOutcome.Resumed : FaultOutcome.Unfinished;

    // Lets a page of the space's own be written, by a copy if others have it too. False if a piece
    // of that is done.
    private bool TryOwnPage(Page page, PageRights rights, ref WorkBudget budget)
    {
        OwnPath(page);
        bool isThere = Table.TryTranslate(page, out Translation found);
        Ensure.That(isThere && found.IsOwn, "a page of the space's own is there");
        bool isLarge = found.Size == PageSize.Large;
        Page first = isLarge ? page.LargeStart : page;
        Frame frame = isLarge ? FrameGroup.Of(found.Frame).First : found.Frame;
        if (_frames.MapsOf(frame) == 1)
        {
            if (rights.CanWrite)
            {
                _frames.Counted(frame).Owner = _owner.Value;
            }

            Table.Open(first, rights);
            return true;
        }

        if (isLarge)
        {
            return TryCopyLarge(first, frame, rights, ref budget);
        }

        Replace(first, CopySmall(frame, rights), rights);
        budget.Spend(CopyCost);
        return true;
    }

    private Frame CopySmall(Frame frame, PageRights rights)
    {
        _promise.Use(FramesFor(rights, 1));
        FrameUse use = rights.CanExecute
            ? FrameUse.ZeroedData(_owner)
            : FrameUse.OverwrittenData(_owner);
        bool isThere = _frames.TryAllocate(use, out Frame copy);
        Ensure.That(isThere, "frames for copies are promised");
        if (rights.CanExecute)
        {
            // Code that a space was given as its own is all zero: no one could ever write it.
            HandOver done = FrameRule.TryMakeExecutable(_frames, copy);
            Ensure.That(done == HandOver.Done, "frames for sealing are promised");
        }
        else
        {
            _frames.Memory.Copy(frame, copy, PageSize.Small);
        }

        return copy;
    }

    // A large page is copied as a whole, in one piece of memory where 2 MB are free in one, but in
    // several entries into the kernel.
    private bool TryCopyLarge(Page first, Frame frame, PageRights rights, ref WorkBudget budget)
    {
        if (!_frames.TryGoOnCopying(frame, ref budget))
        {
            return false;
        }

        FrameUse use = FrameUse.OverwrittenData(_owner);
        _promise.Use(PageSizes.SmallInLarge);
        if (_frames.TryTakeLargeCopy(use, out Frame copy))
        {
            Replace(first, copy, rights);
            return true;
        }

        _promise.Return(PageSizes.SmallInLarge);
        _promise.Open();
        Table.ReplaceBySmall(first, use, rights);
        Table.Family.FramesTaken += PageSizes.SmallInLarge;
        _promise.Close();
        return true;
    }

    private void Replace(Page first, Frame copy, PageRights rights)
    {
        MapStatus status = Table.Replace(first, copy, rights, PageClaim.Own);
        Ensure.That(status == MapStatus.Mapped, "a copy can be mapped as what it is of");
    }

    // Large pages of the space's own across the ends of a range can be split. False if a piece of
    // that is done.
    private bool TryOwnEdges(PageRange range, ref WorkBudget budget)
    {
        if (!Table.Family.WasForked)
        {
            return true;
        }

        bool startsInside = !range.First.IsLargeAligned;
        bool endsInside = (range.EndNumber & (PageSizes.SmallInLarge - 1)) != 0;
        return (!startsInside || TryOwnLarge(range.First, ref budget))
            && (!endsInside || TryOwnLarge(range.Last, ref budget));
    }

    private bool TryOwnLarge(Page page, ref WorkBudget budget)
    {
        bool isLarge = Table.TryTranslate(page, out Translation found)
            && found.Size == PageSize.Large && found.IsOwn;
        return !isLarge || !_regions.TryFind(page, out Region? region)
            || TryOwnPage(page, region.Rights, ref budget);
    }
}
