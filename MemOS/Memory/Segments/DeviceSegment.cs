using System;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Memory.Segments;

/// <summary>
/// A segment that is a device's registers or memory (DEVICE_AMS): physical addresses that are not
/// RAM, with the way of caching that the device wants. Never executable, never copied; mapped
/// from the beginning. The kernel does not reach it for a program, so it is no buffer.
/// </summary>
public sealed class DeviceSegment<TMemory> : Segment<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private DeviceSegment(
        FrameAllocator<TMemory> frames, FrameRange memory, CacheKind cache, Purse payer)
        : base(
            frames, PageCount.Of(memory.Count),
            memory.First.Number & (PageSizes.SmallInLarge - 1), SegmentState.Writable, payer)
    {
        Memory = memory;
        Cache = cache;
    }

    /// <summary>The device's memory.</summary>
    public FrameRange Memory { get; }

    /// <summary>How it is cached.</summary>
    public CacheKind Cache { get; }

    /// <inheritdoc/>
    private protected override bool MayExecute => false;

    /// <inheritdoc/>
    private protected override bool MayCopy => false;

    /// <summary>Makes a segment of a device's memory.</summary>
    /// <param name="frames">All RAM.</param>
    /// <param name="memory">What is the device's; not empty.</param>
    /// <param name="cache">How to cache it.</param>
    /// <param name="payer">What is charged for it.</param>
    /// <param name="segment">The segment; whoever asked is the owner.</param>
    /// <returns>
    /// Done, OverLimit, or Refused if some of it is RAM that the allocator knows. What the boot
    /// loader kept from it is the caller's to look after.
    /// </returns>
    public static VmStatus TryCreate(
        FrameAllocator<TMemory> frames, FrameRange memory, CacheKind cache, Purse payer,
        out DeviceSegment<TMemory>? segment)
    {
        segment = null;
        ulong end = Math.Min(memory.EndNumber, frames.EndNumber);
        for (ulong i = memory.First.Number; i < end; i++)
        {
            if (frames.IsRam(Frame.Of(i)))
            {
                return VmStatus.Refused;
            }
        }

        if (!TryCharge(payer, 0))
        {
            return VmStatus.OverLimit;
        }

        segment = new DeviceSegment<TMemory>(frames, memory, cache, payer);
        return VmStatus.Done;
    }

    /// <inheritdoc/>
    internal override bool TryMakeExecutable()
    {
        Ensure.Broken("a device is never executed");
        return false;
    }

    /// <inheritdoc/>
    private protected override void End()
    {
    }
}
