using System;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>A device that the kernel found at boot.</summary>
public sealed unsafe class Device
{
    private readonly DeviceRecord _record;

    private Device(DeviceRecord record) => _record = record;

    /// <summary>Its number.</summary>
    public DeviceId Id => new(_record.Kdi);

    /// <summary>What it is.</summary>
    public DeviceKind Kind => _record.Kind;

    /// <summary>The maker's number, and the maker's number for it; 0 for the screen.</summary>
    public (ushort Vendor, ushort Device) Model => (_record.Vendor, _record.Device);

    /// <summary>Class, subclass and interface, 8 bits each, as PCI has them.</summary>
    public uint Class => _record.Class;

    /// <summary>Bytes of its memory that can be mapped.</summary>
    public ulong MemoryBytes => _record.MemoryBytes;

    /// <summary>Whether this process may drive it.</summary>
    public bool IsDrivable => _record.Drivable == Drivable.Yes;

    /// <summary>Of a screen: how its memory is to be read; else null.</summary>
    public ScreenFormat? Screen => Kind != DeviceKind.Screen ? null : new ScreenFormat(
        (int)_record.Width, (int)_record.Height, (int)_record.Pitch, _record.BitsPerPixel,
        _record.RedPosition, _record.GreenPosition, _record.BluePosition);

    /// <summary>All devices.</summary>
    public static Device[] List()
    {
        DeviceRecord[] records = Process.Collect<DeviceRecord>(SyscallCode.ListDevices, Fill);
        return Array.ConvertAll(records, record => new Device(record));
    }

    /// <summary>The numbers of those that this process may drive.</summary>
    public static DeviceId[] Drivables() =>
        Array.ConvertAll(Array.FindAll(List(), one => one.IsDrivable), one => one.Id);

    // Safe: the kernel writes at most the span's length, and the span is pinned.
    private static SyscallResult Fill(Span<DeviceRecord> records)
    {
        fixed (DeviceRecord* start = records)
        {
            return Syscall.Invoke(new BufferBlock(
                SyscallCode.ListDevices, start, records.Length * sizeof(DeviceRecord)));
        }
    }
}
