using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Tests.Model;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>What DEVICE_AMS is asked for, in bytes; a place of 0 is none.</summary>
internal readonly record struct DeviceWish(
    ulong Device, ulong Start, ulong Bytes, ulong Place);

/// <content>DEVICE_AMS.</content>
internal sealed partial class World
{
    // What is in the device's memory, whichever segment it is looked at by.
    private readonly Dictionary<ulong, ModelPage> _devicePages =
        new(2 * (int)VideoMemory.Pages);

    internal void CaptureDevice(ModelProcess process, DeviceWish wish)
    {
        process.Peer.Begin(SyscallCode.DeviceAms).Put(wish.Device).Put(wish.Start)
            .Put(wish.Bytes).Put(wish.Place);
        ErrorCode expected = JudgeDevice(process, wish);
        if (Expect(process, $"DEVICE_AMS, {wish}", expected) != ErrorCode.None)
            return;
        ModelSegment segment = new(process.Peer.Value, wish.Bytes / Page)
        {
            Kind = FrameKind.Device,
            DevicePage = wish.Start / Page,
            Seen = _devicePages,
        };
        _segments.Add(segment);
        AddClaim(new ModelClaim(segment, process, ClaimRole.Owner));
        if (wish.Place == 0)
            return;
        AddMapping(process, new ModelRegion
        {
            First = wish.Place / Page,
            End = (wish.Place + wish.Bytes) / Page,
            Rights = MemoryRights.ReadWrite,
            Segment = segment,
            Kind = RegionKind.Other,
        });
    }

    private static ErrorCode JudgeDevice(ModelProcess process, DeviceWish wish)
    {
        if ((wish.Start | wish.Place) % Page != 0)
            return ErrorCode.Unaligned;
        if (wish.Bytes % Page != 0)
            return ErrorCode.UnalignedLength;
        if (wish.Bytes == 0)
            return ErrorCode.Empty;
        if (VideoMemory.Device is not { } device || wish.Device != device.Id.Value)
            return ErrorCode.UnknownDevice;
        if (!process.MayDrive)
            return ErrorCode.NotDrivable;
        if (wish.Start >= device.MemoryBytes || wish.Bytes > device.MemoryBytes - wish.Start)
            return ErrorCode.BeyondDevice;
        if (wish.Place == 0)
            return ErrorCode.None;
        ulong first = wish.Place / Page;
        ulong end = first + (wish.Bytes / Page);
        bool isPlace = wish.Place < NoAddress && first >= LowestPage
            && !process.Regions.Exists(r => r.First < end && r.End > first);
        return isPlace ? ErrorCode.None : ErrorCode.BadPlace;
    }
}
