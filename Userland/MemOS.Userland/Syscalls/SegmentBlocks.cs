using System.Runtime.InteropServices;
using MemOS.Abi;

namespace MemOS.Userland.Syscalls;

/// <summary>
/// VIRT_MEM_AMS, UNSHARE_AMS, UNMAP_AMS and LIMIT_MEMORY: two arguments of eight bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct PairBlock(SyscallCode code, ulong first, ulong second)
{
    private readonly SyscallCode _code = code;
    private readonly ulong _first = first;
    private readonly ulong _second = second;
}

/// <summary>BACKED_AMS.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct BackBlock(ulong bytes, BackingMode mode)
{
    private readonly SyscallCode _code = SyscallCode.BackedAms;
    private readonly ulong _bytes = bytes;
    private readonly BackingMode _mode = mode;
}

/// <summary>SHARE_AMS.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct ShareBlock(
    ProcessId receiver, SegmentId segment, ushort command, ShareNotice notice, SharingMode mode)
{
    private readonly SyscallCode _code = SyscallCode.ShareAms;
    private readonly ulong _receiver = receiver.Value;
    private readonly ulong _segment = segment.Value;
    private readonly ushort _command = command;
    private readonly ShareNotice _notice = notice;
    private readonly SharingMode _mode = mode;
}

/// <summary>MAP_AMS.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct MapBlock(
    SegmentId segment, ulong offset, Address start, ulong bytes, MappingRights rights)
{
    private readonly SyscallCode _code = SyscallCode.MapAms;
    private readonly ulong _segment = segment.Value;
    private readonly ulong _offset = offset;
    private readonly ulong _start = start.Value;
    private readonly ulong _bytes = bytes;
    private readonly MappingRights _rights = rights;
}

/// <summary>DEVICE_AMS.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct DeviceBlock(DeviceId device, ulong offset, ulong bytes, Address start)
{
    private readonly SyscallCode _code = SyscallCode.DeviceAms;
    private readonly ulong _device = device.Value;
    private readonly ulong _offset = offset;
    private readonly ulong _bytes = bytes;
    private readonly ulong _start = start.Value;
}
