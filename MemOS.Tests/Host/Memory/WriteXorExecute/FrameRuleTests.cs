using System;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.WriteXorExecute;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.WriteXorExecute;

public sealed class FrameRuleTests
{
    private static readonly FrameUse Data = FrameUse.Data(FrameOwner.Space(1));
    private static readonly Page First = VirtualAddress.Create(0x40_0000).Page;
    private static readonly Page Second = VirtualAddress.Create(0x7000_0000_0000).Page;

    private readonly SimulatedMemory _memory;
    private readonly FrameAllocator<SimulatedMemory> _frames;
    private readonly PageTable<SimulatedMemory> _one;
    private readonly PageTable<SimulatedMemory> _other;

    public FrameRuleTests()
    {
        _frames = Machines.WithFrames(2048, out _memory);
        PageTable<SimulatedMemory>.TryCreateKernel(
            _frames, AddressWidth.Bits48, PagingFeatures.None, out var kernel);
        kernel!.TryCreateSpace(out var one);
        kernel.TryCreateSpace(out var other);
        _one = one!;
        _other = other!;
    }

    [Fact]
    public void No_state_lets_a_frame_be_written_and_executed()
    {
        foreach (FrameState state in Enum.GetValues<FrameState>())
        {
            foreach (SpaceHalf half in Enum.GetValues<SpaceHalf>())
            {
                bool write = FrameRule.MayMap(state, PageRights.ReadWrite, half);
                bool execute = FrameRule.MayMap(state, PageRights.ReadExecute, half)
                    || FrameRule.MayMap(state, PageRights.ExecuteOnly, half);
                Assert.False(write && execute);
            }
        }
    }

    [Fact]
    public void An_alias_in_another_space_cannot_add_the_missing_right()
    {
        _frames.TryAllocate(Data, out Frame frame);
        Assert.Equal(MapStatus.Mapped, Map(_one, First, frame, PageRights.ReadWrite));
        Assert.Equal(MapStatus.Refused, Map(_one, Second, frame, PageRights.ReadExecute));
        Assert.Equal(MapStatus.Refused, Map(_other, First, frame, PageRights.ExecuteOnly));
        Assert.Equal(HandOver.StillMapped, FrameRule.TryMakeExecutable(_frames, frame));

        _frames.TryAllocate(Data, out Frame code);
        Assert.Equal(HandOver.Done, FrameRule.TryMakeExecutable(_frames, code));
        Assert.Equal(MapStatus.Mapped, Map(_other, First, code, PageRights.ReadExecute));
        Assert.Equal(MapStatus.Refused, Map(_one, Second, code, PageRights.ReadWrite));
        Assert.Equal(MapStatus.Mapped, Map(_one, Second, code, PageRights.Read));
    }

    [Fact]
    public void A_page_table_or_a_free_frame_is_never_mapped()
    {
        _frames.TryAllocate(Data, out Frame frame);
        _frames.Discard(frame);
        Assert.Equal(MapStatus.Refused, Map(_one, First, frame, PageRights.Read));
        Assert.Equal(MapStatus.Refused, Map(_one, First, _one.Root, PageRights.Read));
    }

    [Fact]
    public void Handed_over_pages_are_sealed_until_freed_and_then_zeroed()
    {
        _frames.TryAllocate(Data, out Frame frame);
        _memory.CopyIn(frame, 0, [0xC3]);
        Map(_one, First, frame, PageRights.ReadWrite);
        Assert.True(_frames.TryHold(frame));
        _one.Unmap(PageRange.One(First));

        Assert.Equal(HandOver.Done, FrameRule.TryMakeExecutable(_frames, frame));
        Assert.Contains(frame, _memory.Machine.Sealed);
        Map(_one, First, frame, PageRights.ExecuteOnly);
        _frames.Drop(frame);
        _one.Unmap(PageRange.One(First));

        Assert.Empty(_memory.Machine.Sealed);
        Assert.True(_frames.TryAllocate(Data, out Frame again));
        while (again != frame)
        {
            Assert.True(_frames.TryAllocate(Data, out again));
        }

        Assert.Equal(0ul, _memory.Entry(frame, 0));
    }

    [Fact]
    public void Code_can_become_constant_and_code_again_but_never_writable()
    {
        _frames.TryAllocate(Data, out Frame frame);
        Assert.Equal(HandOver.Done, FrameRule.TryMakeReadOnly(_frames, frame));
        Assert.Equal(MapStatus.Mapped, Map(_one, First, frame, PageRights.Read));
        Assert.Equal(HandOver.Done, FrameRule.TryMakeExecutable(_frames, frame));
        Assert.Equal(MapStatus.Mapped, Map(_other, First, frame, PageRights.ReadExecute));
        Assert.Equal(HandOver.StillMapped, FrameRule.TryMakeReadOnly(_frames, frame));
        Assert.Equal(MapStatus.Refused, Map(_one, Second, frame, PageRights.ReadWrite));
    }

    [Fact]
    public void The_kernels_frames_stay_out_of_the_user_half()
    {
        _frames.TryAllocate(FrameUse.Kernel, out Frame frame);
        Assert.Equal(MapStatus.Refused, Map(_one, First, frame, PageRights.Read));
        Assert.Equal(HandOver.Refused, FrameRule.TryMakeExecutable(_frames, frame));
    }

    private static MapStatus Map(
        PageTable<SimulatedMemory> table, Page page, Frame frame, PageRights rights) =>
        table.TryMap(page, PageSize.Small, frame, rights);
}
