using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class LargePageTests
{
    private readonly SpaceMachine _machine = new(4096);
    private readonly AddressSpace<SimulatedMemory> _space;

    public LargePageTests() => _space = _machine.Create();

    [Fact]
    public void Large_pages_come_by_themselves_where_they_fit()
    {
        PageRange range = _space.Allocate(1024 + 100);
        Assert.True(range.First.IsLargeAligned);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First + 700));
        Assert.Equal(512ul, _space.ResidentPages);
        Assert.Equal(PageSize.Large, _space.SizeAt(range.First + 512));
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First + 1030));
        Assert.Equal(PageSize.Small, _space.SizeAt(range.First + 1030));
        Assert.Equal(513ul, _space.ResidentPages);
        _machine.Audit(_space);
    }

    [Fact]
    public void Below_2_MB_all_pages_are_small()
    {
        PageRange range = _space.Allocate(511);
        _space.TouchAll(range);
        Assert.Equal(PageSize.Small, _space.SizeAt(range.First));
        Assert.Equal(511ul, _space.ResidentPages);
    }

    [Fact]
    public void Code_is_given_in_small_pages()
    {
        PageRange range = _space.Allocate(600, PageRights.ReadExecute);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First, Access.Execute));
        Assert.Equal(1ul, _space.ResidentPages);
        Assert.Single(_machine.Memory.Machine.Sealed);
    }

    [Fact]
    public void Without_2_MB_in_one_piece_pages_are_small()
    {
        _machine.BreakGroups();
        PageRange range = _space.Allocate(600);
        _space.TouchAll(range);
        Assert.Equal(PageSize.Small, _space.SizeAt(range.First));
        Assert.Equal(600ul, _space.ResidentPages);
        _machine.Audit(_space);
    }

    [Fact]
    public void Where_small_pages_lie_no_large_one_comes()
    {
        PageRange range = _space.Allocate(512);
        _space.TouchAll(range);
        Assert.Equal(VmStatus.Done, _space.Free(range.First.Start, 1));
        Assert.Equal(PageSize.Small, _space.SizeAt(range.First + 1));
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First + 1));
        Assert.Equal(511ul, _space.ResidentPages);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(511, 1)]
    [InlineData(100, 200)]
    [InlineData(1, 511)]
    public void A_large_page_splits_when_a_part_is_freed_and_the_rest_stays(
        ulong first, ulong count)
    {
        PageRange range = _space.Allocate(512);
        for (ulong i = 0; i < 512; i++)
        {
            _space.Write(_machine, range.First + i, i);
        }

        Assert.Equal(PageSize.Large, _space.SizeAt(range.First));
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(VmStatus.Done, _space.Free((range.First + first).Start, count));
        Assert.Equal(free + count - 1, _machine.Frames.FreeFrames);
        Assert.Equal(512 - count, _space.ResidentPages);
        for (ulong i = 0; i < 512; i++)
        {
            if (i < first || i >= first + count)
            {
                Assert.Equal(i, _space.Read(_machine, range.First + i));
            }
            else
            {
                Assert.Equal(FaultOutcome.Denied, _space.Touch(range.First + i));
            }
        }

        _machine.Audit(_space);
    }

    [Fact]
    public void A_large_page_can_be_split_when_no_memory_is_left()
    {
        PageRange range = _space.Allocate(512);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First));
        Assert.Equal(VmStatus.Done, _space.TryAllocate(1, out _));
        _machine.TakeAll();
        Assert.Equal(VmStatus.Done, _space.Free((range.First + 7).Start, 1));
        Assert.Equal(511ul, _space.ResidentPages);
        Assert.Equal(1ul, _machine.Available);
        _machine.Audit(_space);
    }

    [Fact]
    public void A_whole_large_page_comes_back_in_one_piece()
    {
        int whole = _machine.WholeGroups();
        PageRange range = _space.Allocate(1024);
        _space.TouchAll(range);
        Assert.Equal(VmStatus.Done, _space.Free(range));
        Assert.Equal(whole, _machine.WholeGroups());
        Assert.Equal(0ul, _space.PromisedFrames);
        _machine.Audit(_space);
    }

    [Fact]
    public void A_freed_large_page_is_forgotten_by_the_processor_though_its_table_stays()
    {
        PageRange range = _space.Allocate(1024);
        _space.TouchAll(range);
        _machine.Memory.Machine.Cache.Reset();
        Assert.Equal(VmStatus.Done, _space.Free(range.First.Start, 512));
        Assert.Contains(range.First, _machine.Memory.Machine.Cache.Pages);
        Assert.Equal(PageSize.Large, _space.SizeAt(range.First + 512));
    }

    [Fact]
    public void A_large_page_too_comes_back_to_its_space_as_it_was()
    {
        PageRange range = _space.Allocate(512);
        _space.Write(_machine, range.First + 77, 0x77);
        _space.Free(range);
        int zeroed = _machine.Memory.Machine.ZeroedFrames;
        PageRange again = _space.Allocate(512, PageRights.ReadWrite, ZeroFirst.No);
        Assert.Equal(0x77ul, _space.Read(_machine, again.First + 77));
        Assert.Equal(zeroed, _machine.Memory.Machine.ZeroedFrames);
    }
}
