using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>LIST_DEVICES, DEVICE_AMS, and SPAWN with devices.</summary>
/// <remarks>What only a driver can do is checked if the shell's "drive" started this.</remarks>
internal sealed unsafe class DeviceChecks(Workbench bench)
{
    private const ulong Page = Memory.PageBytes;

    private readonly SegmentCalls _calls = new(bench);

    internal void Run()
    {
        bench.Checks.Equal("a device record's size", 96, (ulong)sizeof(DeviceRecord));
        Device[] devices = Device.List();
        bench.Checks.That("LIST_DEVICES: there are some", devices.Length > 2);
        Device screen = devices[0];
        bench.Checks.That("LIST_DEVICES: the first is the screen",
            screen.Screen is { Width: > 0, Height: > 0, Pitch: > 0 });
        TryBadArguments(screen);
        ulong[] strangers = [0, 1, screen.Id.Value + 1, ulong.MaxValue];
        foreach (ulong stranger in strangers)
        {
            Refuses(stranger, 0, Page, 0, ErrorCode.UnknownDevice);
            RefusesSpawn($"the device {stranger:X}", stranger, sizeof(ulong),
                ErrorCode.ForeignDevice);
        }
        for (ulong bytes = 1; bytes < sizeof(ulong); bytes++)
            RefusesSpawn($"{bytes} bytes of a device", 0, bytes, ErrorCode.InvalidArgument);
        foreach (Device device in devices)
            Try(device);
    }

    /// <summary>In a child: may it drive that device, and no other?</summary>
    internal static int Drive(string id)
    {
        DeviceId[] own = Device.Drivables();
        bool isRight = own.Length == 1 && own[0].ToString() == id;
        ErrorCode error = Segment.TryOfDevice(own[0], 0, Memory.PageBytes, out Segment? segment);
        segment?.Dispose();
        return isRight && error == ErrorCode.None ? 0 : 1;
    }

    private void TryBadArguments(Device device)
    {
        ulong id = device.Id.Value;
        for (ulong bit = 1; bit < Page; bit <<= 1)
        {
            Refuses(id, bit, Page, 0, ErrorCode.Unaligned);
            Refuses(id, 0, Page, bit, ErrorCode.Unaligned);
            Refuses(id, 0, Page + bit, 0, ErrorCode.UnalignedLength);
        }
        Refuses(id, 0, 0, 0, ErrorCode.Empty);
    }

    private void Try(Device device)
    {
        ulong id = device.Id.Value;
        if (!device.IsDrivable)
        {
            Refuses(id, 0, Page, 0, ErrorCode.NotDrivable);
            RefusesSpawn("a device of others", id, sizeof(ulong), ErrorCode.ForeignDevice);
            return;
        }
        if (device.MemoryBytes == 0)
        {
            Refuses(id, 0, Page, 0, ErrorCode.NoDeviceMemory);
            return;
        }
        Refuses(id, device.MemoryBytes, Page, 0, ErrorCode.BeyondDevice);
        Refuses(id, 0, device.MemoryBytes + Page, 0, ErrorCode.BeyondDevice);
        Refuses(id, 0, ulong.MaxValue - Page + 1, 0, ErrorCode.BeyondDevice);
        Refuses(id, ulong.MaxValue - Page + 1, Page, 0, ErrorCode.BeyondDevice);
        Refuses(id, 0, Page, bench.Grounds.Writable, ErrorCode.BadPlace);
        Refuses(id, 0, Page, Page, ErrorCode.BadPlace);
        Refuses(id, 0, Page, 0x8000_0000_0000_0000, ErrorCode.BadPlace);
        TryMapping(id);
        ProcessId child = Process.Spawn(
            "selftest", ["drive", device.Id.ToString()], Process.OwnPriority, device.Id);
        bench.Checks.That("SPAWN: a device for a child", Process.Wait(child).IsSuccess);
    }

    private void TryMapping(ulong id)
    {
        ulong place = Memory.Allocate(Memory.PageBytes).Start.Value;
        Memory.Free(new(place), Memory.PageBytes);
        Begin(id, 0, Page, place);
        bench.Accepts("DEVICE_AMS: at an address");
        ulong segment = bench.Caller.Value0;
        Region? region = Process.FindRegion(Process.Id, new(place));
        bench.Checks.That("DEVICE_AMS: to read and write",
            region is { Bytes: Page, Rights: MemoryRights.ReadWrite });
        bench.Begin(SyscallCode.GetPid);
        bench.RefusesFrom("a block in a device", ErrorCode.NotPermitted, place);
        bench.Begin(SyscallCode.FillRandom).Put(place).Put(8);
        bench.Refuses("a buffer in a device", ErrorCode.NotPermitted);
        byte[] rights = [4, 5, 10];
        foreach (byte wanted in rights)
            _calls.RefusesMap(segment, 0, 0, Page, wanted, ErrorCode.NotPermitted);
        _calls.BeginShare(Process.Id.Value, segment, SharingMode.Exclusive | SharingMode.Unmap);
        bench.Refuses("SHARE_AMS: a device for good", ErrorCode.NotExclusive);
        _calls.Map(segment, 0, 0, MappingRights.All);
        _calls.GiveUp(segment);
    }

    private void Refuses(ulong id, ulong start, ulong bytes, ulong place, ErrorCode error)
    {
        Begin(id, start, bytes, place);
        bench.Refuses($"DEVICE_AMS: {id:X}, {bytes:X} from {start:X} at {place:X}", error);
    }

    private void RefusesSpawn(string what, ulong id, ulong bytes, ErrorCode error)
    {
        byte* place = (byte*)bench.Grounds.Writable;
        // Safe: the grounds are longer than both.
        "hello"u8.CopyTo(new Span<byte>(place, 5));
        *(ulong*)(place + 64) = id;
        bench.Begin(SyscallCode.Spawn).Put((ulong)place).Put(5).Put(0).Put(0)
            .Put(0, sizeof(byte)).Put((ulong)place + 64).Put(bytes).Put(0);
        bench.Refuses($"SPAWN: {what}", error);
    }

    private void Begin(ulong id, ulong start, ulong bytes, ulong place) => bench
        .Begin(SyscallCode.DeviceAms).Put(id).Put(start).Put(bytes).Put(place);
}
