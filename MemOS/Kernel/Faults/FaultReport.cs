using MemOS.Abi;
using MemOS.Backers;
using MemOS.Devices;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Processes;

namespace MemOS.Faults;

/// <summary>Tells why a program was ended: what it did, where, and to what.</summary>
internal static class FaultReport
{
    private const ulong NullArea = 0x10000;

    /// <summary>Writes a line to the log.</summary>
    /// <param name="process">The program; its memory is still there.</param>
    /// <param name="end">What it is ended for.</param>
    /// <param name="instruction">Where it was.</param>
    /// <param name="failure">Why a backer did not serve it, if one was to.</param>
    internal static void Write(
        Process process, ProcessEnd end, ulong instruction, BackerFailure failure) =>
        Log.Warn($"{process.Name} ({process.Id.Value}) ended: {Deed(process, end)}"
            + $"{Reason(failure)}{Position(process, end, instruction)}");

    private static string Deed(Process process, ProcessEnd end)
    {
        if (end.Reason == EndReason.OutOfMemory)
            return $"no memory was left for 0x{end.Data:x}";
        return end.Fault switch
        {
            FaultKind.Read => $"it read 0x{end.Data:x}, {Target(process, end.Data)}",
            FaultKind.Write => $"it wrote 0x{end.Data:x}, {Target(process, end.Data)}",
            FaultKind.Execute => $"it ran 0x{end.Data:x}, {Target(process, end.Data)}",
            FaultKind.Divide => "it divided by zero, or the quotient did not fit",
            FaultKind.Protection => "it ran a privileged instruction or used no address",
            FaultKind.Instruction => "it ran what is no instruction",
            _ => "it raised an exception of the processor",
        };
    }

    private static string Reason(BackerFailure failure) => failure switch
    {
        BackerFailure.Ended => ", whose backer has ended",
        BackerFailure.NotHandled => ", whose backer has no handler for it",
        BackerFailure.Refused => ", which its backer refused",
        BackerFailure.TooSlow => ", whose backer did not answer in time",
        BackerFailure.Circular => ", which waits for itself or for too many others",
        BackerFailure.NotServable => " in a way that cannot be served",
        _ => "",
    };

    private static string Target(Process process, ulong value)
    {
        if (!VirtualAddress.TryCreate(value, out VirtualAddress address))
            return "which is no address";
        if (!address.IsUserHalf)
            return "which is the kernel's";
        if (value < NullArea)
            return "a null pointer";
        if (!process.LiveSpace.TryFind(address, out Region? region))
            return "where nothing is";
        return region.Rights == PageRights.None
            ? $"the guard of its {Name(region.Kind)}"
            : $"in its {Name(region.Kind)} ({region.Rights})";
    }

    // Where it is that cannot be run has been told.
    private static string Position(Process process, ProcessEnd end, ulong instruction) =>
        end.Reason == EndReason.Faulted && end.Fault == FaultKind.Execute
            && end.Data == instruction
            ? ""
            : $"; at {Place(process, instruction)}";

    private static string Place(Process process, ulong instruction)
    {
        if (process.Image.TryGetOffset(instruction, out ulong offset))
            return $"{process.Name}+0x{offset:x}";
        return VirtualAddress.TryCreate(instruction, out VirtualAddress address)
            && process.LiveSpace.TryFind(address, out Region? region)
                ? $"0x{instruction:x} in its {Name(region.Kind)}"
                : $"0x{instruction:x}";
    }

    private static string Name(RegionKind kind) => kind switch
    {
        RegionKind.Code => "code",
        RegionKind.Constants => "constants",
        RegionKind.Data => "data",
        RegionKind.Stack => "stack",
        RegionKind.Allocation => "allocation",
        RegionKind.Arguments => "arguments",
        _ => "memory",
    };
}
