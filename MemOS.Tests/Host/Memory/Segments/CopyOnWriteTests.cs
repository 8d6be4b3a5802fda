using System;
using System.Collections.Generic;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.Segments;

[Collection(CountsAllocations.Name)]
public sealed class CopyOnWriteTests
{
    private readonly SpaceMachine _machine = new(8192);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly AddressSpace<SimulatedMemory> _other;

    public CopyOnWriteTests()
    {
        _space = _machine.Create();
        _other = _machine.Create();
    }

    [Fact]
    public void What_is_written_is_seen_by_the_writer_alone()
    {
        PageSegment<SimulatedMemory> segment = Make(4, out PageRange original);
        PageRange copy = Copy(segment);
        Assert.Equal(1ul, _other.Read(_machine, copy.First));
        _other.Write(_machine, copy.First, 0xC0);
        // Written without being read before.
        _other.Write(_machine, copy.First + 1, 0xC1);
        Assert.Equal(1ul, _space.Read(_machine, original.First));
        Assert.Equal(2ul, _space.Read(_machine, original.First + 1));
        Assert.Equal(0xC0ul, _other.Read(_machine, copy.First));
        Assert.Equal(0xC1ul, _other.Read(_machine, copy.First + 1));
        Assert.Equal(2ul, _other.ResidentPages - _other.SegmentPages);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void The_whole_page_is_copied()
    {
        PageSegment<SimulatedMemory> segment = Make(1, out PageRange original);
        byte[] bytes = new byte[4096];
        new Random(5).NextBytes(bytes);
        _space.Reach(original.First.Start, Access.Write, out Frame frame);
        _machine.Memory.CopyIn(frame, 0, bytes);
        PageRange copy = Copy(segment);
        Assert.Equal(FaultOutcome.Resumed, _other.Touch(copy.First));
        _other.Reach(copy.First.Start, Access.Read, out Frame copied);
        Assert.NotEqual(frame, copied);
        byte[] found = new byte[4096];
        _machine.Memory.CopyOut(copied, 0, found);
        Assert.Equal(bytes, found);
    }

    [Fact]
    public void Until_it_is_written_a_page_shows_what_others_write()
    {
        PageSegment<SimulatedMemory> segment = Make(2, out PageRange original);
        PageRange copy = Copy(segment);
        Assert.Equal(1ul, _other.Read(_machine, copy.First));
        _space.Write(_machine, original.First, 0x11);
        Assert.Equal(0x11ul, _other.Read(_machine, copy.First));
        _other.Write(_machine, copy.First, 0xC0);
        _space.Write(_machine, original.First, 0x22);
        Assert.Equal(0xC0ul, _other.Read(_machine, copy.First));
    }

    [Fact]
    public void A_page_that_no_one_has_touched_is_zero_and_costs_the_segment_nothing()
    {
        PageRange original = _space.Allocate(3);
        PageSegment<SimulatedMemory> segment = _space.Capture(original);
        PageRange copy = Copy(segment);
        _other.Write(_machine, copy.First, 0xC0);
        Assert.Equal(0ul, segment.ResidentPages);
        Assert.Equal(0ul, _other.Read(_machine, copy.First + 1));
        Assert.Equal(1ul, segment.ResidentPages);
        Assert.Equal(0ul, _space.Read(_machine, original.First));
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void Every_page_can_be_written_when_no_memory_is_left()
    {
        PageSegment<SimulatedMemory> segment = Make(4, out PageRange original);
        PageRange copy = Copy(segment);
        _machine.TakeAll();
        for (ulong i = 0; i < 4; i++)
        {
            _other.Write(_machine, copy.First + i, 0xC0 + i);
            Assert.Equal(i + 1, _space.Read(_machine, original.First + i));
        }

        Assert.Equal(0ul, _other.PromisedFrames);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void Without_memory_for_the_copies_it_is_not_mapped()
    {
        PageSegment<SimulatedMemory> segment = Make(4, out _);
        _other.Allocate(1);
        _machine.TakeAll();
        Assert.Equal(
            VmStatus.OutOfMemory,
            _other.TryMap(segment, PageRights.ReadWrite, MappingMode.CopyOnWrite, out _));
        Assert.Equal(1, segment.Mappings);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void The_last_one_writes_without_a_copy()
    {
        PageSegment<SimulatedMemory> segment = Make(4, out _);
        PageRange copy = Copy(segment);
        Assert.Equal(1ul, _other.Read(_machine, copy.First));
        _other.Write(_machine, copy.First + 1, 0xC1);
        segment.EndOwner();
        _space.UnmapSegment(segment);
        _other.Reach(copy.First.Start, Access.Read, out Frame before);
        ulong promised = _other.PromisedFrames;
        _other.Write(_machine, copy.First, 0xC0);
        _other.Reach(copy.First.Start, Access.Read, out Frame after);
        Assert.Equal(before, after);
        Assert.Equal(promised - 1, _other.PromisedFrames);
        // Also where it had not looked yet.
        Assert.True(segment.TryFind(2, out Frame third, out _));
        _other.Write(_machine, copy.First + 2, 0xC2);
        _other.Reach((copy.First + 2).Start, Access.Read, out after);
        Assert.Equal(third, after);
        Assert.Equal(0xC1ul, _other.Read(_machine, copy.First + 1));
        Assert.Equal(4ul, _other.Read(_machine, copy.First + 3));
        _machine.Audit(_space, _other);
        _other.UnmapSegment(segment);
        Assert.True(segment.HasEnded);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void Pages_of_its_own_go_with_the_mapping()
    {
        ulong free = _machine.Frames.FreeFrames;
        PageSegment<SimulatedMemory> segment = Make(4, out _);
        PageRange copy = Copy(segment);
        _other.TouchAll(copy);
        _other.UnmapSegment(segment);
        Assert.Equal(0ul, _other.ResidentPages);
        Assert.Equal(0ul, _other.PromisedFrames);
        _space.UnmapSegment(segment);
        segment.EndOwner();
        Assert.Equal(free, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void Without_the_wish_to_write_nothing_is_kept_for_copies()
    {
        PageSegment<SimulatedMemory> segment = Make(4, out _);
        PageRange reader = _other.Map(segment, PageRights.Read, MappingMode.CopyOnWrite);
        Assert.Equal(3ul, _other.PromisedFrames);
        Assert.Equal(FaultOutcome.Denied, _other.Touch(reader.First));
        Assert.Equal(1ul, _other.Read(_machine, reader.First));
    }

    [Fact]
    public void Faults_on_segments_allocate_no_managed_memory()
    {
        FaultOutcome worst = FaultOutcome.Resumed;
        List<PageSegment<SimulatedMemory>> segments = [];
        long allocated = CountsAllocations.Least(() =>
        {
            segments.Add(Make(300, out PageRange original));
            PageRange copy = Copy(segments[^1]);
            PageRange large = _space.Allocate(1024);
            PageRange second = _other.Map(_space.Capture(large));
            PrepareSimulation();
            return () =>
            {
                for (ulong i = 0; i < 300; i++)
                {
                    Access first = i % 2 == 0 ? Access.Read : Access.Write;
                    worst = Worse(worst, _other.Fault(copy.First + i, first));
                    worst = Worse(worst, _other.Fault(copy.First + i, Access.Write));
                    worst = Worse(worst, _space.Fault(original.First + i, Access.Write));
                    worst = Worse(worst, _other.Fault(second.First + (3 * i)));
                }
            };
        });
        Assert.Equal(0, allocated);
        Assert.Equal(FaultOutcome.Resumed, worst);
        Assert.All(segments, segment => Assert.Equal(0ul, segment.PromisedFrames));
        _machine.Audit(_space, _other);
    }

    private static FaultOutcome Worse(FaultOutcome a, FaultOutcome b) => a > b ? a : b;

    // The simulated machine makes its records, contents and lists at the first use.
    private void PrepareSimulation()
    {
        for (ulong i = 0; i < 8192; i++)
        {
            _machine.Memory.Machine.Words(Frame.Of(i));
            _machine.Memory.Machine.Info(Frame.Of(i));
            _machine.Memory.Machine.Cache.Pages.Add(VirtualAddress.Create(i << 12).Page);
        }

        _machine.Memory.Machine.Cache.Reset();
    }

    private PageSegment<SimulatedMemory> Make(ulong pages, out PageRange original)
    {
        original = _space.Allocate(pages);
        _space.Number(_machine, original);

        return _space.Capture(original);
    }

    private PageRange Copy(PageSegment<SimulatedMemory> segment) =>
        _other.Map(segment, PageRights.ReadWrite, MappingMode.CopyOnWrite);
}
