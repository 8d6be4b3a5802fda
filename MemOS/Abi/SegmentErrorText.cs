namespace MemOS.Abi;

/// <summary>The error codes of calls about segments, in words.</summary>
internal static class SegmentErrorText
{
    internal static string Of(SyscallCode call, ErrorCode error) => (call, (byte)error) switch
    {
        (SyscallCode.ShareAms, 0x10) => "no such notice",
        (SyscallCode.UnmapAms, 0x10) => "no such segment",
        (SyscallCode.BackedAms, 0x10) => "no such mode",
        (_, 0x10) => "not the start of a page",
        (SyscallCode.ShareAms, 0x11) => "no such mode",
        (SyscallCode.BackedAms, 0x11) => "a length that no segment can have",
        (_, 0x11) => "a length that is not whole pages",
        (SyscallCode.ShareAms, 0x12) => "cannot be handed over by this process, or as it is",
        (SyscallCode.DeviceAms, 0x12) => "no bytes",
        (SyscallCode.ShareAms, 0x20) => "no rights",
        (SyscallCode.ShareAms, 0x21) => "rights, where all go over",
        (SyscallCode.UnshareAms, 0x21) => "it was handed over for good",
        (SyscallCode.VirtMemAms, 0x30) => "not an allocation of this process",
        (SyscallCode.UnmapAms, 0x30) => "not mapped there",
        (SyscallCode.DeviceAms, 0x30) => "a device that this process may not drive",
        (_, 0x30) => "no such segment",
        (SyscallCode.ShareAms, 0x31) => "no such process",
        (SyscallCode.MapAms, 0x31) => "beyond the segment",
        (SyscallCode.DeviceAms, 0x31) => "no such device",
        (SyscallCode.ShareAms, 0x32) => "that process has it already",
        (SyscallCode.UnshareAms, 0x32) => "not shared with that process",
        (SyscallCode.MapAms, 0x32) => "outside the memory of a process",
        (SyscallCode.DeviceAms, 0x32) => "a device without memory",
        (SyscallCode.MapAms, 0x33) => "something is there already",
        (SyscallCode.DeviceAms, 0x33) => "beyond a window of the device",
        (SyscallCode.DeviceAms, 0x34) => "no place to map at",
        (_, 0x40) => "no memory",
        _ => "see docs/abi.md",
    };
}
