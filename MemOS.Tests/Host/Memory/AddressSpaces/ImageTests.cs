using System;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class ImageTests
{
    private readonly SpaceMachine _machine = new(400);
    private readonly AddressSpace<SimulatedMemory> _space;

    public ImageTests() => _space = _machine.Create();

    [Fact]
    public void Code_is_shared_by_spaces_and_lives_as_long_as_any_of_them()
    {
        Frame code = Code(0xC3);
        AddressSpace<SimulatedMemory> other = _machine.Create();
        Page here = Map(_space, code, PageRights.ReadExecute);
        Page there = Map(other, code, PageRights.ReadExecute);
        Assert.NotEqual(here, there);
        _machine.Frames.Drop(code);
        _space.Release();
        Assert.Equal(0xC3ul, other.Read(_machine, there, Access.Execute));
        Assert.Equal(FaultOutcome.Resumed, other.Touch(there, Access.Execute));
        _machine.Audit(other);
        other.Release();
        Assert.Equal(
            _machine.FreeBefore, _machine.Frames.FreeFrames + _machine.SealTables);
    }

    [Fact]
    public void Code_is_never_mapped_writable_and_data_never_executable()
    {
        Frame code = Code(0xC3);
        Frame data = Data(0xDA);
        Refuse(code, PageRights.ReadWrite);
        Refuse(data, PageRights.ReadExecute);
        Refuse(data, PageRights.ExecuteOnly);
        Map(_space, data, PageRights.ReadWrite);
        Assert.NotEqual(HandOver.Done, FrameRule.TryMakeExecutable(_machine.Frames, data));
        Refuse(data, PageRights.ReadExecute);
        _machine.Audit(_space);
    }

    [Fact]
    public void A_refusal_half_way_changes_nothing()
    {
        Frame[] frames = [Code(1), Code(2), Data(3)];
        ulong free = _machine.Frames.FreeFrames;
        _space.PlaceImage(PageCount.Of(3), out PageRange image);
        Assert.Equal(
            VmStatus.Refused,
            _space.MapShared(image, frames, PageRights.ReadExecute, RegionKind.Code));
        Assert.Equal(0, _space.RegionCount);
        Assert.Equal(0ul, _space.ResidentPages);
        Assert.Equal(0ul, _space.PromisedFrames);
        Assert.Equal(free, _machine.Frames.FreeFrames);
        _machine.Audit(_space);
    }

    [Fact]
    public void Parts_of_an_image_keep_their_distance()
    {
        _space.PlaceImage(PageCount.Of(6), out PageRange image);
        PageRange code = PageRange.Of(image.First, PageCount.Of(1));
        PageRange data = PageRange.Of(image.First + 4, PageCount.Of(2));
        Assert.Equal(
            VmStatus.Done,
            _space.MapShared(code, [Code(0xC3)], PageRights.ReadExecute, RegionKind.Code));
        Assert.Equal(
            VmStatus.Done, _space.AllocateAt(data, PageRights.ReadWrite, RegionKind.Data));
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(data.Last));
        Assert.Equal(FaultOutcome.Denied, _space.Touch(image.First + 1, Access.Read));
        Assert.True(_space.TryFind(data.First.Start, out Region? region));
        Assert.Equal(RegionKind.Data, region.Kind);
        Assert.True(_space.TryFindNext(code.First.Start + 4096, out Region? next));
        Assert.Same(region, next);
        Assert.Equal(0ul, _space.Read(_machine, data.First));
    }

    [Fact]
    public void Parts_lie_where_nothing_is_and_within_what_a_program_can_have()
    {
        PageRange taken = _space.Allocate(4);
        PageRange low = PageRange.One(VirtualAddress.Create(0xF000).Page);
        Assert.Throws<ContractBrokenException>(
            () => _space.AllocateAt(taken, PageRights.ReadWrite, RegionKind.Data));
        Assert.Throws<ContractBrokenException>(
            () => _space.AllocateAt(low, PageRights.ReadWrite, RegionKind.Data));
        Assert.Throws<ContractBrokenException>(
            () => _space.MapShared(taken, [Code(1)], PageRights.Read, RegionKind.Code));
    }

    private Frame Data(ulong word)
    {
        Assert.True(_machine.Frames.TryAllocate(
            FrameUse.ZeroedData(FrameOwner.Kernel), out Frame frame));
        _machine.Memory.CopyIn(frame, 0, BitConverter.GetBytes(word));
        Assert.True(_machine.Frames.TryHold(frame));
        return frame;
    }

    private Frame Code(ulong word)
    {
        Frame frame = Data(word);
        Assert.Equal(HandOver.Done, FrameRule.TryMakeExecutable(_machine.Frames, frame));
        return frame;
    }

    private static Page Map(
        AddressSpace<SimulatedMemory> space, Frame frame, PageRights rights)
    {
        Assert.Equal(VmStatus.Done, space.PlaceImage(PageCount.One, out PageRange place));
        Assert.Equal(
            VmStatus.Done, space.MapShared(place, [frame], rights, RegionKind.Code));
        return place.First;
    }

    private void Refuse(Frame frame, PageRights rights)
    {
        Assert.Equal(VmStatus.Done, _space.PlaceImage(PageCount.One, out PageRange place));
        Assert.Equal(
            VmStatus.Refused, _space.MapShared(place, [frame], rights, RegionKind.Code));
    }
}
