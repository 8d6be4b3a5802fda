using System;
using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Segments;
using MemOS.Processes;
using MemOS.Segments;

namespace MemOS.Syscalls;

/// <summary>The memory of devices, and who may drive them.</summary>
internal static class DeviceSyscalls
{
    /// <summary>Makes a segment of a device's memory, and maps it.</summary>
    internal static SyscallOutcome Capture(ref SyscallCall call)
    {
        ulong kdi = call.Arguments.TakeUInt64();
        ulong start = call.Arguments.TakeUInt64();
        ulong bytes = call.Arguments.TakeUInt64();
        ulong address = call.Arguments.TakeUInt64();
        if ((start | address) % PageSizes.SmallBytes != 0)
            return call.Fail(ErrorCode.Unaligned);
        if (bytes % PageSizes.SmallBytes != 0)
            return call.Fail(ErrorCode.UnalignedLength);
        if (bytes == 0)
            return call.Fail(ErrorCode.Empty);
        if (DeviceTable.TryFind(kdi) is not { } device)
            return call.Fail(ErrorCode.UnknownDevice);
        if (!call.Caller.Devices.Contains(device))
            return call.Fail(ErrorCode.NotDrivable);
        if (!device.HasMemory)
            return call.Fail(ErrorCode.NoDeviceMemory);
        if (!device.TryFind(start, bytes, out DeviceMemory memory))
            return call.Fail(ErrorCode.BeyondDevice);
        if (!VirtualAddress.TryCreate(address, out VirtualAddress place))
            return call.Fail(ErrorCode.BadPlace);
        VmStatus status = DeviceSegment<MachineMemory>.TryCreate(
            ProcessTable.Memory.Frames, memory.Frames, memory.Cache, call.Caller.Purse,
            out DeviceSegment<MachineMemory>? segment);
        if (status != VmStatus.Done)
        {
            return call.Fail(status == VmStatus.OverLimit
                ? ErrorCode.NoMemory
                : ErrorCode.NoDeviceMemory);
        }
        if (place != default)
        {
            status = call.Space.MapSegmentAt(
                segment!, new SegmentPart(default, segment!.Pages), PageRights.ReadWrite,
                MappingMode.Mutual, place);
        }
        if (status == VmStatus.Done)
            return call.Finish(SegmentTable.Add(call.Caller, segment!));
        segment!.EndOwner();
        return status switch
        {
            VmStatus.OutOfMemory => call.FailWithoutMemory(),
            VmStatus.OverLimit => call.Fail(ErrorCode.NoMemory),
            _ => call.Fail(ErrorCode.BadPlace),
        };
    }

    /// <summary>Takes the devices that a child may drive, each of which the caller may.</summary>
    internal static ErrorCode TakeForChild(
        ref SyscallCall call, out IReadOnlyList<Device> devices)
    {
        devices = [];
        ErrorCode error = UserBuffer.Take(ref call, Access.Read, out UserSpan buffer);
        if (error != ErrorCode.None || buffer.Bytes == 0)
            return error;
        if (buffer.Bytes % sizeof(ulong) != 0)
            return ErrorCode.InvalidArgument;
        // Each is taken once, however often it is named.
        List<Device> taken = new(call.Caller.Devices.Count);
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        for (; buffer.Bytes != 0; buffer = buffer.Skip(sizeof(ulong)))
        {
            UserMemory.Read(call.Space, buffer, number);
            Device? device = DeviceTable.TryFind(BitConverter.ToUInt64(number));
            if (device is null || !call.Caller.Devices.Contains(device))
                return ErrorCode.ForeignDevice;
            if (!taken.Contains(device))
                taken.Add(device);
        }
        devices = taken;
        return ErrorCode.None;
    }
}
