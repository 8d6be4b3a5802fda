using MemOS.Memory;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class FramePromiseTests
{
    [Theory]
    [InlineData(0x1000, 1, null, null, 3)]
    [InlineData(0x1000, 512, null, null, 3)]
    [InlineData(0x11FF, 2, null, null, 4)]
    [InlineData(0x3FFFF, 2, null, null, 5)]
    [InlineData(0x7FFFFFF, 2, null, null, 6)]
    [InlineData(0x1000, 1, 0x0FFFul, null, 1)]
    [InlineData(0x1001, 1, 0x1000ul, null, 0)]
    [InlineData(0x1001, 1, null, 0x1002ul, 0)]
    [InlineData(0x1001, 1, 0x1000ul, 0x1002ul, 0)]
    [InlineData(0x1001, 0x600, 0x1000ul, 0x1602ul, 2)]
    [InlineData(0x1001, 1, 0x10ul, 0x7_0000_0000ul, 1)]
    [InlineData(0x1001, 1, null, 0x7_0000_0000ul, 3)]
    [InlineData(0x1001, 1, 0x0FFFul, 0x1200ul, 1)]
    [InlineData(0x1001, 1, 0x0FFFul, 0x1100ul, 0)]
    [InlineData(0x40001, 1, 0x3FFFFul, null, 2)]
    public void Tables_count_that_no_neighbour_has(
        ulong first, ulong count, ulong? lastBelow, ulong? firstAbove, ulong tables) =>
        Assert.Equal(
            tables,
            FramePromise<SimulatedMemory>.TablesFor(
                PageRange.Known(first, first + count),
                lastBelow ?? FramePromise<SimulatedMemory>.NothingBelow,
                firstAbove ?? FramePromise<SimulatedMemory>.NothingAbove,
                4));

    [Fact]
    public void A_promise_keeps_frames_from_all_others_until_it_is_used()
    {
        FramePromise<SimulatedMemory> promise = Make(out FrameAllocator<SimulatedMemory> frames);
        ulong free = frames.FreeFrames;
        Assert.Equal(VmStatus.OutOfMemory, promise.Make(free - 2, 3));
        Assert.Equal(0ul, frames.ReservedFrames);
        Assert.Equal(VmStatus.Done, promise.Make(free - 3, 3));
        Assert.Equal(free, promise.All);
        Assert.False(frames.TryAllocate(FrameUse.Kernel, out _));

        promise.Use(1);
        Assert.True(frames.TryAllocate(FrameUse.Kernel, out Frame taken));
        Assert.False(frames.TryAllocate(FrameUse.Kernel, out _));
        promise.Open();
        Assert.Equal(0ul, frames.ReservedFrames);
        promise.Close();
        Assert.Equal(free - 1, frames.ReservedFrames);
        frames.Discard(taken);
        promise.Return(1);
        promise.Open();
        promise.End(promise.Pages, promise.Tables);
        promise.Close();
        Assert.Equal(0ul, frames.ReservedFrames);
        Assert.Equal(0ul, promise.All);
    }

    [Fact]
    public void More_tables_than_were_promised_are_noticed()
    {
        FramePromise<SimulatedMemory> promise = Make(
            out FrameAllocator<SimulatedMemory> frames,
            out PageTable<SimulatedMemory> table);
        Assert.Equal(VmStatus.Done, promise.Make(1, 2));
        promise.Open();
        Assert.True(frames.TryAllocate(FrameUse.Data(FrameOwner.Space(1)), out Frame frame));
        Assert.Equal(
            MapStatus.Mapped,
            table.TryMap(
                Page.Known(0x1000), PageSize.Small, frame, PageRights.Read));
        Assert.Throws<ContractBrokenException>(promise.Close);
    }

    private static FramePromise<SimulatedMemory> Make(
        out FrameAllocator<SimulatedMemory> frames) => Make(out frames, out _);

    private static FramePromise<SimulatedMemory> Make(
        out FrameAllocator<SimulatedMemory> frames, out PageTable<SimulatedMemory> table)
    {
        var machine = new SpaceMachine(60);
        frames = machine.Frames;
        Assert.True(machine.Kernel.TryCreateSpace(out PageTable<SimulatedMemory>? made));
        table = made!;
        return new FramePromise<SimulatedMemory>(frames, table, new Purse(machine.Account));
    }
}
