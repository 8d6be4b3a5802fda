using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Aslr;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// What a process sees as memory: regions at random places in the user half, and the page tables
/// below them. One file a matter: Allocate, Free, Image, Capture, Map, Unmap, Repeat, Fork,
/// Resolve, Copy, Backed, Charges, Release.
/// </summary>
public sealed partial class AddressSpace<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private readonly FrameAllocator<TMemory> _frames;
    private readonly RandomSource _random;
    private readonly RegionTree _regions;
    private readonly RegionPool _pool;
    private readonly FrameOwner _owner;
    private FramePromise<TMemory> _promise;
    private MappingTree<TMemory> _bySegment;
    private int _mappings;

    private AddressSpace(
        PageTable<TMemory> table, FrameAllocator<TMemory> frames, RandomSource random,
        FrameOwner owner, RegionPool pool, Purse purse)
    {
        Table = table;
        Purse = purse;
        _frames = frames;
        _random = random;
        _owner = owner;
        _pool = pool;
        _regions = new RegionTree(random, Placement.Bounds(table.Width));
        _promise = new FramePromise<TMemory>(frames, table, purse);
    }

    /// <summary>What is charged for all that it has.</summary>
    public Purse Purse { get; }

    /// <summary>The page tables; their root is what CR3 gets.</summary>
    public PageTable<TMemory> Table { get; }

    /// <summary>Small pages that are mapped to RAM.</summary>
    public ulong ResidentPages => Table.ResidentPages;

    /// <summary>Those of them whose frames are segments', not the space's own.</summary>
    public ulong SegmentPages { get; private set; }

    /// <summary>
    /// Frames that are kept back for what is not there yet; after a fork, for all of the family.
    /// </summary>
    public ulong PromisedFrames => _promise.All;

    /// <summary>Those of them that are kept for the regions that come next.</summary>
    public ulong FramesAhead => _promise.Ahead;

    /// <summary>How many regions there are, guards among them.</summary>
    public int RegionCount => _regions.Count;

    /// <summary>Makes an empty address space.</summary>
    /// <param name="kernel">The kernel half, which the space shares.</param>
    /// <param name="frames">All RAM.</param>
    /// <param name="random">Where placement comes from.</param>
    /// <param name="owner">The owner of its frames; no other space has the same.</param>
    /// <param name="purse">What is charged for all that it has.</param>
    /// <param name="space">The space.</param>
    /// <returns>Done, OutOfMemory or OverLimit.</returns>
    public static VmStatus TryCreate(
        PageTable<TMemory> kernel, FrameAllocator<TMemory> frames, RandomSource random,
        FrameOwner owner, Purse purse, out AddressSpace<TMemory>? space)
    {
        space = null;
        if (!purse.TryTake(Resource.KernelBytes, ObjectBytes.Page))
        {
            return VmStatus.OverLimit;
        }

        if (!kernel.TryCreateSpace(out PageTable<TMemory>? table))
        {
            purse.Return(Resource.KernelBytes, ObjectBytes.Page);
            return VmStatus.OutOfMemory;
        }

        space = new AddressSpace<TMemory>(
            table!, frames, random, owner, new RegionPool(), purse);
        return VmStatus.Done;
    }

    /// <summary>
    /// Keeps frames back for the regions that come next and for their page tables, so that memory
    /// which a program needs in order to begin is there whatever others take meanwhile. What is
    /// left of them when the space is copied is for anyone again.
    /// </summary>
    /// <returns>Done, OutOfMemory or OverLimit.</returns>
    public VmStatus KeepAhead(PageCount frames)
    {
        Ensure.That(!Table.Family.WasForked, "frames are kept ahead for a space of its own");
        return _promise.KeepAhead(frames.Value);
    }

    /// <summary>The region that an address lies in.</summary>
    public bool TryFind(VirtualAddress address, [NotNullWhen(true)] out Region? region) =>
        _regions.TryFind(address.Page, out region);

    /// <summary>The first region that ends above an address: for lists in their order.</summary>
    public bool TryFindNext(VirtualAddress from, [NotNullWhen(true)] out Region? region)
    {
        region = _regions.FirstEndingAbove(from.Page.Number);
        return region is not null;
    }

    // Code needs a second frame: the kernel's own map of RAM may have to be split where its way
    // of writing to the page is taken away.
    private static ulong FramesFor(PageRights rights, ulong pages) =>
        rights.CanExecute ? 2 * pages : pages;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong TablesFor(PageRange range, in Spot spot) =>
        FramePromise<TMemory>.TablesFor(
            range,
            spot.Below is null ? FramePromise<TMemory>.NothingBelow : spot.Below.EndNumber - 1,
            spot.Above is null ? FramePromise<TMemory>.NothingAbove : spot.Above.FirstNumber,
            Table.Width.Levels());

    private VmStatus Add(
        PageRange range, in Spot spot, PageRights rights, RegionKind kind, Backing backing,
        PageOrigin? origin = null)
    {
        if (TakeRegion(range, rights, kind, backing, origin) is not { } region)
        {
            return VmStatus.OverLimit;
        }

        ulong pages = region.IsDemand ? FramesFor(rights, range.Count.Value) : 0;
        VmStatus status = _promise.Make(pages, TablesFor(range, spot));
        if (status != VmStatus.Done)
        {
            GiveRegion(region);
            return status;
        }

        _regions.Insert(region, spot);
        return VmStatus.Done;
    }
}
