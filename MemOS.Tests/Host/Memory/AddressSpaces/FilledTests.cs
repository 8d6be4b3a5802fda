using System;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Contracts;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class FilledTests
{
    private const ulong Mark = 0xF111ED;

    private readonly SpaceMachine _machine = new(3000);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly Marker _origin;

    public FilledTests()
    {
        _space = _machine.Create();
        _origin = new Marker(_machine.Memory);
    }

    [Fact]
    public void A_page_is_filled_at_the_first_touch_and_never_again()
    {
        PageRange range = Add(4);
        Assert.Empty(_origin.Filled);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First + 2, Access.Read));
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First + 2));
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First));
        Assert.Equal([range.First + 2, range.First], _origin.Filled);
        Assert.Equal(Mark + (range.First.Number + 2), _space.Read(_machine, range.First + 2));
        Assert.Equal(Mark + range.First.Number, _space.Read(_machine, range.First));
        Assert.Equal(2ul, _space.ResidentPages);
        _machine.Audit(_space);
    }

    [Fact]
    public void A_filled_region_gets_small_pages_however_long_it_is()
    {
        PageRange range = Add(1024);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First + 600));
        Assert.Equal(1ul, _space.ResidentPages);
        Assert.Single(_origin.Filled);
    }

    [Fact]
    public void What_is_filled_is_never_code_and_goes_back_at_the_end()
    {
        _space.PlaceImage(PageCount.One, out PageRange place);
        Assert.Throws<ContractBrokenException>(() => _space.AllocateAt(
            place, PageRights.ReadExecute, RegionKind.Code, _origin));
        PageRange range = Add(8);
        _space.Touch(range.First);
        _space.Release();
        Assert.Equal(_machine.FreeBefore, _machine.Frames.FreeFrames);
        Assert.Equal(0ul, _machine.Frames.ReservedFrames);
    }

    private PageRange Add(ulong pages)
    {
        Assert.Equal(
            VmStatus.Done, _space.PlaceImage(PageCount.Of(pages), out PageRange range));
        Assert.Equal(
            VmStatus.Done,
            _space.AllocateAt(range, PageRights.ReadWrite, RegionKind.Data, _origin));
        return range;
    }

    private sealed class Marker(SimulatedMemory memory) : PageOrigin
    {
        public List<Page> Filled { get; } = [];

        public override void Fill(Page page, Frame frame)
        {
            Filled.Add(page);
            memory.Zero(frame, PageSize.Small);
            memory.CopyIn(frame, 0, BitConverter.GetBytes(Mark + page.Number));
        }
    }
}
