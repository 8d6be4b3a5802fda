using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>
/// Runs several address spaces beside naive ones, and foretells the outcome of each step.
/// </summary>
internal sealed partial class AddressSpaceModel
{
    private const ulong LastPage = (1ul << 35) - 1;
    private readonly SpaceMachine _machine;
    private readonly List<SpaceModel> _spaces = [];
    private readonly List<SharedFrame> _shared = [];
    private ulong _stamp;

    public AddressSpaceModel(ulong frames, int seed, PagingFeatures features)
    {
        _machine = new SpaceMachine(frames, seed, features);
        Begin();
        Begin();
    }

    public int Spaces => _spaces.Count;

    /// <summary>A new space, if there is a frame for it.</summary>
    public void Begin()
    {
        bool isPossible = _machine.Available != 0;
        VmStatus status = _machine.TryCreate(
            out AddressSpace<SimulatedMemory>? real, out uint owner);
        Assert.Equal(isPossible ? VmStatus.Done : VmStatus.OutOfMemory, status);
        if (isPossible)
        {
            _spaces.Add(new SpaceModel(real!, owner));
        }
    }

    /// <summary>The end of a space.</summary>
    public void End(int which)
    {
        if (_spaces.Count != 0)
        {
            SpaceModel space = _spaces[which % _spaces.Count];
            _spaces.Remove(space);
            space.Real.ReleaseInPieces();
            foreach (SharedFrame frame in space.Shared.Values)
            {
                Unmap(frame);
            }
        }
    }

    public void Allocate(SpaceModel space, ulong count, PageRights rights, ZeroFirst zeroFirst)
    {
        ulong available = _machine.Available;
        VmStatus status = space.Real.Allocate(
            PageCount.Of(count), rights, zeroFirst, RegionKind.Allocation, out PageRange range);
        bool isZeroed = zeroFirst == ZeroFirst.Yes || rights.CanExecute;
        RegionModel region = new(
            range.First.Number, range.EndNumber, rights, RegionKind.Allocation,
            isZeroed ? Backing.DemandZero : Backing.Demand);
        Assert.Equal(count, range.Count.Value);
        Assert.True(range.First.Number >= 16 && range.EndNumber <= LastPage);
        Assert.True(count < 512 || range.First.IsLargeAligned);
        Assert.Equal(
            space.FramesFor(region) <= available ? VmStatus.Done : VmStatus.OutOfMemory, status);
        if (status == VmStatus.Done)
        {
            space.Add(region);
        }
    }

    public void AllocateGuarded(SpaceModel space, ulong count)
    {
        ulong available = _machine.Available;
        VmStatus status = space.Real.AllocateGuarded(
            PageCount.Of(count), RegionKind.Stack, out PageRange range);
        Assert.Equal(count, range.Count.Value);
        RegionModel inner = new(
            range.First.Number, range.EndNumber, PageRights.ReadWrite, RegionKind.Stack,
            Backing.DemandZero);
        RegionModel all = inner with { First = inner.First - 1, End = inner.End + 1 };
        Assert.True(all.First >= 16 && all.End <= LastPage);
        ulong needed = space.FramesFor(all) - 2;
        Assert.Equal(needed <= available ? VmStatus.Done : VmStatus.OutOfMemory, status);
        if (status == VmStatus.Done)
        {
            space.Add(inner);
            RegionModel guard = inner with { Rights = PageRights.None, Backing = Backing.None };
            space.Add(guard with { First = all.First, End = inner.First });
            space.Add(guard with { First = inner.End, End = all.End });
        }
    }

    public PageRange PlaceImage(SpaceModel space, ulong count)
    {
        VmStatus status = space.Real.PlaceImage(PageCount.Of(count), out PageRange range);
        Assert.Equal(VmStatus.Done, status);
        Assert.Equal(count, range.Count.Value);
        for (ulong page = range.First.Number - 1; page <= range.EndNumber; page++)
        {
            Assert.True(page is >= 16 and < LastPage);
            Assert.Null(space.At(page));
        }

        return range;
    }

    public void AllocateAt(SpaceModel space, PageRange range, PageRights rights, RegionKind kind)
    {
        RegionModel region = new(
            range.First.Number, range.EndNumber, rights, kind, Backing.DemandZero);
        bool isPossible = space.FramesFor(region) <= _machine.Available;
        VmStatus status = space.Real.AllocateAt(range, rights, kind);
        Assert.Equal(isPossible ? VmStatus.Done : VmStatus.OutOfMemory, status);
        if (isPossible)
        {
            space.Add(region);
        }
    }

    public void Free(SpaceModel space, ulong address, ulong count)
    {
        if (!VirtualAddress.TryCreate(address, out VirtualAddress start))
        {
            return;
        }

        VmStatus expected = ForetellFree(space, address, count);
        Assert.Equal(expected, space.Real.FreeInPieces(start, count));
        if (expected == VmStatus.Done)
        {
            space.Free(address >> 12, (address >> 12) + count);
        }
    }

    /// <summary>Ends all spaces and drops all frames: nothing may be lost.</summary>
    public void EndAll()
    {
        while (_spaces.Count != 0)
        {
            End(0);
        }

        foreach (SharedFrame frame in _shared.Where(f => f.IsHeld).ToArray())
        {
            Drop(frame);
        }

        Compare();
        Audit();
        Assert.Equal(
            _machine.FreeBefore, _machine.Frames.FreeFrames + _machine.SealTables);
        Assert.Empty(_machine.Memory.Machine.Sealed);
    }

    public SpaceModel Space(int which) => _spaces[which % _spaces.Count];

    /// <summary>Compares all counts and lists.</summary>
    public void Compare()
    {
        ulong used = (ulong)_shared.Count + _machine.SealTables;
        ulong promised = 0;
        foreach (SpaceModel space in _spaces)
        {
            Assert.Equal(space.ResidentPages, space.Real.ResidentPages);
            Assert.Equal(space.PromisedFrames, space.Real.PromisedFrames);
            Assert.Equal(space.Regions.Count, space.Real.RegionCount);
            used += space.OwnFrames;
            promised += space.PromisedFrames;
            CompareRegions(space);
        }

        Assert.Equal(_machine.FreeBefore - used, _machine.Frames.FreeFrames);
        Assert.Equal(promised, _machine.Frames.ReservedFrames);
    }

    public void Audit() => _machine.Audit(_spaces.Select(s => s.Real));

    private static void CompareRegions(SpaceModel space)
    {
        ulong from = 0;
        foreach (RegionModel expected in space.Regions)
        {
            bool isFound = space.Real.TryFindNext(
                VirtualAddress.Create(from << 12), out Region? region);
            Assert.True(isFound);
            RegionModel found = new(
                region!.Range.First.Number, region.Range.EndNumber, region.Rights, region.Kind,
                region.Backing);
            Assert.Equal(expected, found);
            from = expected.End;
        }

        Assert.False(space.Real.TryFindNext(VirtualAddress.Create(from << 12), out _));
    }

    private static VmStatus ForetellFree(SpaceModel space, ulong address, ulong count)
    {
        ulong first = address >> 12;
        if ((address & 4095) != 0)
        {
            return VmStatus.Unaligned;
        }

        if (first is < 16 or >= LastPage)
        {
            return VmStatus.StartOutOfRange;
        }

        if (count == 0 || count > LastPage - first)
        {
            return VmStatus.EndOutOfRange;
        }

        for (ulong page = first; page < first + count;)
        {
            RegionModel? region = space.At(page);
            if (region is null || region.Kind != RegionKind.Allocation || !region.IsDemand)
            {
                return VmStatus.NotAllocated;
            }

            page = region.End;
        }

        return VmStatus.Done;
    }
}
