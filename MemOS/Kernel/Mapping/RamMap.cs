using System;
using System.Collections.Generic;
using Cosmos.Core.Boot;
using Cosmos.Core.Boot.Multiboot2;
using MemOS.Boot;
using MemOS.Memory.Addresses;

namespace MemOS.Mapping;

/// <summary>
/// The RAM that the boot loader reports, and what of it is free: not the first MB, which is the
/// firmware's, and not what the loader filled.
/// </summary>
internal sealed class RamMap
{
    private const int MostRanges = 128;
    private const ulong FirstMegabyte = 0x100;

    // The smallest machine (README.md), and what its firmware may keep of it.
    private const ulong SmallestMegabytes = 32;
    private const ulong FirmwareMegabytes = 2;

    private readonly FrameRange[] _free = new FrameRange[MostRanges];
    private readonly List<FrameRange> _kept = [];

    private RamMap()
    {
    }

    /// <summary>What is free, in no order.</summary>
    internal ReadOnlySpan<FrameRange> Free => _free.AsSpan(0, Count);

    /// <summary>What the boot loader filled besides the image: each frame once.</summary>
    internal IReadOnlyList<FrameRange> Kept => _kept;

    /// <summary>The number just past that of the last frame of RAM.</summary>
    internal ulong EndNumber { get; private set; }

    private int Count { get; set; }

    /// <summary>Reads the loader's map, through the identity map.</summary>
    internal static RamMap Read()
    {
        RamMap map = new();
        BootInformation information = BootInfo.Information;
        foreach (MemoryMapEntry entry in information.MemoryMap)
        {
            if (entry.Kind == MemoryKind.Available)
                map.Add(Inner(entry.Range));
        }
        map.RequireSmallest();
        foreach (MemoryMapEntry entry in information.MemoryMap)
        {
            if (entry.Kind != MemoryKind.Available)
                map.Take(Outer(entry.Range));
        }
        map.Take(FrameRange.Of(Frame.Of(0), FirstMegabyte));
        map.Take(Outer(KernelImage.Range));
        map.Keep(Outer(BootInfo.InformationRange));
        foreach (BootModule module in information.Modules)
            map.Keep(Outer(module.Range));
        return map;
    }

    /// <summary>The frames of which a range has at least a byte.</summary>
    internal static FrameRange Outer(PhysicalRange range)
    {
        ulong first = range.Start / PageSizes.SmallBytes;
        ulong end = (range.End + PageSizes.SmallBytes - 1) / PageSizes.SmallBytes;
        return FrameRange.Of(Frame.Of(first), end - first);
    }

    /// <summary>Takes free frames below a limit, as many as wanted side by side.</summary>
    internal FrameRange Carve(ulong frames, Frame limit)
    {
        for (int i = 0; i < Count; i++)
        {
            FrameRange range = _free[i];
            if (range.Count < frames || range.First.Number + frames > limit.Number)
                continue;
            FrameRange taken = FrameRange.Of(range.First, frames);
            Take(taken);
            return taken;
        }
        BootFailure.Stop("There is no room for the records of the machine's memory.");
        return default;
    }

    // Too little is better told here than by whatever does not fit in the end.
    private void RequireSmallest()
    {
        ulong frames = 0;
        foreach (FrameRange range in Free)
            frames += range.Count;
        ulong megabytes = (frames * PageSizes.SmallBytes + (1 << 20) - 1) >> 20;
        if (megabytes < SmallestMegabytes - FirmwareMegabytes)
        {
            BootFailure.Stop($"MemOS needs {SmallestMegabytes} MB of memory; this machine has "
                + $"{megabytes} MB that can be used.");
        }
    }

    private static FrameRange Inner(PhysicalRange range) =>
        PhysicalAddress.TryCreate(range.Start, out PhysicalAddress start)
            && PhysicalAddress.TryCreate(range.End, out _)
            ? FrameRange.Within(start, range.Length)
            : default;

    private void Add(FrameRange range)
    {
        if (range.Count == 0)
            return;
        if (Count == MostRanges)
            BootFailure.Stop("The boot loader's memory map has too many pieces.");
        _free[Count++] = range;
        EndNumber = Math.Max(EndNumber, range.EndNumber);
    }

    // The loader puts small things side by side: their first and last frames may be the same.
    private void Keep(FrameRange range)
    {
        Take(range);
        ulong first = range.First.Number;
        ulong end = range.EndNumber;
        while (first < end && IsKept(Frame.Of(first)))
            first++;
        while (first < end && IsKept(Frame.Of(end - 1)))
            end--;
        if (first < end)
            _kept.Add(FrameRange.Of(Frame.Of(first), end - first));
    }

    private bool IsKept(Frame frame)
    {
        foreach (FrameRange range in _kept)
        {
            if (frame.Number >= range.First.Number && frame.Number < range.EndNumber)
                return true;
        }
        return false;
    }

    private void Take(FrameRange taken)
    {
        // Pieces that are added lie outside of what is taken, so they need no second look.
        for (int i = Count - 1; i >= 0; i--)
        {
            FrameRange range = _free[i];
            if (taken.Count == 0 || range.First.Number >= taken.EndNumber
                || taken.First.Number >= range.EndNumber)
                continue;
            _free[i] = _free[--Count];
            AddBetween(range.First.Number, taken.First.Number);
            AddBetween(taken.EndNumber, range.EndNumber);
        }
    }

    private void AddBetween(ulong first, ulong end)
    {
        if (end > first)
            Add(FrameRange.Of(Frame.Of(first), end - first));
    }
}
