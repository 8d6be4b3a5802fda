using System.Collections.Generic;
using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Frames;

public sealed class FrameAllocatorTests
{
    private static readonly FrameOwner Alice = FrameOwner.Space(1);
    private static readonly FrameOwner Bob = FrameOwner.Space(2);

    [Fact]
    public void Metadata_takes_less_than_16_bytes_a_frame()
    {
        int group = (512 * Unsafe.SizeOf<FrameInfo>()) + Unsafe.SizeOf<GroupInfo>();
        Assert.True(group < 16 * 512, group + " bytes a group");
    }

    [Fact]
    public void All_ram_but_frame_0_is_handed_out_once_and_comes_back()
    {
        FrameAllocator<SimulatedMemory> frames = Machines.WithRam(
            out _, (0, 300), (700, 1000), (5000, 10));
        var taken = new HashSet<Frame>();
        while (frames.TryAllocate(FrameUse.Data(Alice), out Frame frame))
        {
            Assert.True(taken.Add(frame));
            Assert.True(frame.Number is (> 0 and < 300) or (>= 700 and < 1700)
                or (>= 5000 and < 5010));
        }

        Assert.Equal(1309, taken.Count);
        Assert.Equal(0ul, frames.FreeFrames);
        foreach (Frame frame in taken)
        {
            frames.Discard(frame);
        }

        Assert.Equal(1309ul, frames.FreeFrames);
        Assert.True(frames.TryAllocateLarge(FrameUse.Data(Alice), out Frame large));
        Assert.Equal(1024ul, large.Number);
        Assert.False(frames.TryAllocateLarge(FrameUse.Data(Alice), out _));
    }

    [Fact]
    public void Terabytes_far_above_4_GB_cost_nothing_but_their_groups()
    {
        const ulong FirstFrame = 1ul << 28;
        FrameAllocator<SimulatedMemory> frames = Machines.WithRam(
            out SimulatedMemory memory, (16, 1000), (FirstFrame, 1ul << 28));
        Assert.Equal((1ul << 28) + 1000, frames.FreeFrames);
        Assert.True(frames.TryAllocateLarge(FrameUse.Data(Alice), out Frame large));
        Assert.True(large.Number >= FirstFrame);
        Assert.False(frames.IsRam(Frame.Of(FirstFrame - 1)));
        Assert.True(frames.IsRam(Frame.Of(FirstFrame)));
        frames.Discard(large);
    }

    [Fact]
    public void Small_frames_come_from_broken_groups_first()
    {
        FrameAllocator<SimulatedMemory> frames = Machines.WithRam(out _, (512, 2048));
        for (int i = 0; i < 512; i++)
        {
            Assert.True(frames.TryAllocate(FrameUse.Kernel, out _));
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.True(frames.TryAllocateLarge(FrameUse.Kernel, out _));
        }

        Assert.Equal(0ul, frames.FreeFrames);
    }

    [Fact]
    public void A_frame_comes_back_to_its_owner_as_it_was_and_to_others_zeroed()
    {
        FrameAllocator<SimulatedMemory> frames = Machines.WithFrames(512, out var memory);
        Assert.True(frames.TryAllocate(FrameUse.Data(Alice), out Frame frame));
        memory.Entry(frame, 7) = 77;
        frames.Discard(frame);

        Assert.True(frames.TryAllocate(FrameUse.Data(Alice), out Frame again));
        Assert.Equal(frame, again);
        Assert.Equal(77ul, memory.Entry(frame, 7));
        frames.Discard(frame);

        Assert.True(frames.TryAllocate(FrameUse.Data(Bob), out again));
        Assert.Equal(frame, again);
        Assert.Equal(0ul, memory.Entry(frame, 7));
    }

    [Theory]
    [InlineData(uint.MaxValue - 16ul)]
    [InlineData(uint.MaxValue)]
    [InlineData(1ul << 40)]
    public void A_space_for_which_no_number_is_left_gets_zeroes_alone(ulong serial)
    {
        FrameAllocator<SimulatedMemory> frames =
            Machines.WithFrames(2, out SimulatedMemory memory);
        FrameOwner late = FrameOwner.Space(serial);
        Assert.Equal(late, FrameOwner.Space(serial + 1));
        Assert.True(frames.TryAllocate(FrameUse.Data(late), out Frame frame));
        memory.CopyIn(frame, 0, [1, 2, 3]);
        frames.Discard(frame);
        Assert.True(frames.TryAllocate(FrameUse.Data(late), out Frame again));
        Assert.Equal(frame, again);
        byte[] bytes = new byte[3];
        memory.CopyOut(again, 0, bytes);
        Assert.Equal([0, 0, 0], bytes);
    }

    [Fact]
    public void A_frame_that_was_held_is_zeroed_even_for_its_owner()
    {
        FrameAllocator<SimulatedMemory> frames = Machines.WithFrames(512, out var memory);
        Assert.True(frames.TryAllocate(FrameUse.Data(Alice), out Frame frame));
        Assert.True(frames.TryHold(frame));
        memory.Entry(frame, 0) = 1;
        frames.Drop(frame);
        Assert.True(frames.TryAllocate(FrameUse.Data(Alice), out Frame again));
        Assert.Equal(frame, again);
        Assert.Equal(0ul, memory.Entry(frame, 0));
    }

    [Fact]
    public void A_large_frame_keeps_its_owner_when_it_is_broken_later()
    {
        FrameAllocator<SimulatedMemory> frames = Machines.WithRam(out var memory, (512, 512));
        Assert.True(frames.TryAllocateLarge(FrameUse.Data(Alice), out Frame large));
        memory.Entry(large + 3, 0) = 5;
        frames.Discard(large);
        var seen = new List<ulong>();
        while (frames.TryAllocate(FrameUse.Data(Alice), out Frame frame))
        {
            seen.Add(memory.Entry(frame, 0));
            frames.TryHold(frame);
        }

        Assert.Equal(512, seen.Count);
        Assert.Contains(5ul, seen);
    }

    [Fact]
    public void A_reservation_cannot_be_used_by_others_and_cannot_fail()
    {
        FrameAllocator<SimulatedMemory> frames = Machines.WithFrames(101, out _);
        Assert.True(frames.TryReserve(40));
        Assert.False(frames.TryReserve(61));
        int taken = 0;
        while (frames.TryAllocate(FrameUse.Data(Alice), out _))
        {
            taken++;
        }

        Assert.Equal(60, taken);
        for (int i = 0; i < 40; i++)
        {
            frames.Unreserve(1);
            Assert.True(frames.TryAllocate(FrameUse.Kernel, out _));
            Assert.False(frames.TryAllocate(FrameUse.Kernel, out _));
        }

        Assert.Equal(0ul, frames.FreeFrames);
        Assert.Equal(0ul, frames.ReservedFrames);
    }

    [Fact]
    public void Ram_in_use_at_start_up_is_freed_by_its_holder()
    {
        FrameAllocator<SimulatedMemory> frames = Machines.WithRam(out _, (512, 100));
        frames.AddUsed(FrameRange.Of(Frame.Of(612), 412), FrameState.Kernel);
        Assert.Equal(100ul, frames.FreeFrames);
        Assert.Equal(512ul, frames.TotalFrames);
        for (ulong i = 612; i < 1024; i++)
        {
            frames.Drop(Frame.Of(i));
        }

        Assert.True(frames.TryAllocateLarge(FrameUse.Kernel, out Frame large));
        Assert.Equal(512ul, large.Number);
    }

    [Fact]
    public void The_parts_of_a_large_frame_stand_alone_again_once_it_was_freed()
    {
        FrameAllocator<SimulatedMemory> frames = Machines.WithRam(out var memory, (512, 512));
        Assert.True(frames.TryAllocateLarge(FrameUse.Data(Alice), out Frame large));
        Assert.True(frames.TryHold(large));
        memory.Info(large).MapsOrLink = 1;
        frames.MappingSplit(large);
        Assert.Equal(FrameState.Writable, frames.StateOf(large + 7));
        for (ulong i = 0; i < 512; i++)
        {
            frames.Unmapped(large + i);
        }

        frames.Drop(large);
        Assert.Equal(512ul, frames.FreeFrames);
        Assert.True(frames.TryAllocate(FrameUse.Kernel, out Frame first));
        Assert.Equal(large, first);
        Assert.Equal(FrameState.Free, frames.StateOf(large + 7));
    }

    [Fact]
    public void Freeing_twice_and_adding_twice_are_caught()
    {
        FrameAllocator<SimulatedMemory> frames = Machines.WithFrames(1024, out _);
        Assert.True(frames.TryAllocate(FrameUse.Kernel, out Frame frame));
        frames.Discard(frame);
        Assert.Throws<ContractBrokenException>(() => frames.Discard(frame));
        Assert.Throws<ContractBrokenException>(
            () => frames.AddFree(FrameRange.Of(Frame.Of(600), 10)));
        Assert.Throws<ContractBrokenException>(
            () => frames.AddFree(FrameRange.Of(Frame.Of(512), 512)));
    }
}
