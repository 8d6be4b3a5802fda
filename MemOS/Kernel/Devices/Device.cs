using System;
using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;

namespace MemOS.Devices;

/// <summary>A device that a program can drive.</summary>
internal sealed unsafe class Device
{
    private readonly DeviceRecord _record;
    private readonly DeviceMemory[] _windows;

    /// <summary>A device.</summary>
    /// <param name="record">What programs are told, but for its memory.</param>
    /// <param name="windows">Its memory; empty windows for what cannot be mapped.</param>
    internal Device(DeviceRecord record, DeviceMemory[] windows)
    {
        _windows = windows;
        for (int i = 0; i < windows.Length; i++)
        {
            record.WindowBytes[i] = BytesOf(windows[i]);
            record.MemoryBytes += BytesOf(windows[i]);
        }
        _record = record;
    }

    /// <summary>Its number (KDI).</summary>
    internal ulong Kdi => _record.Kdi;

    /// <summary>Whether there is anything to map.</summary>
    internal bool HasMemory => _record.MemoryBytes != 0;

    /// <summary>What a process that may or may not drive it is told.</summary>
    internal DeviceRecord Describe(Drivable drivable)
    {
        DeviceRecord record = _record;
        record.Drivable = drivable;
        return record;
    }

    /// <summary>Finds a part of its memory; false if it does not lie in one window.</summary>
    /// <param name="start">Where it starts, counted over all windows; a multiple of 4096.</param>
    /// <param name="bytes">How long it is; a multiple of 4096, not 0.</param>
    /// <param name="part">Where it is.</param>
    internal bool TryFind(ulong start, ulong bytes, out DeviceMemory part)
    {
        foreach (DeviceMemory window in _windows)
        {
            ulong length = BytesOf(window);
            if (start < length && bytes <= length - start)
            {
                Frame first = window.Frames.First + (start / PageSizes.SmallBytes);
                part = window with
                {
                    Frames = FrameRange.Of(first, bytes / PageSizes.SmallBytes),
                };
                return true;
            }
            if (start < length)
                break;
            start -= length;
        }
        part = default;
        return false;
    }

    private static ulong BytesOf(DeviceMemory window) =>
        window.Frames.Count * PageSizes.SmallBytes;
}
