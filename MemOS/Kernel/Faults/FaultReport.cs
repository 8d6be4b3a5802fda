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

    /// <summary>Writes a line to the log; makes no object.</summary>
    /// <param name="process">The program; its memory is still there.</param>
    /// <param name="end">What it is ended for.</param>
    /// <param name="instruction">Where it was.</param>
    /// <param name="failure">Why a backer did not serve it, if one was to.</param>
    internal static void Write(
        Process process, ProcessEnd end, ulong instruction, BackerFailure failure)
    {
        LogLine line = default;
        line.AppendLiteral(process.Name);
        line.AppendLiteral(" (");
        line.AppendFormatted(process.Id.Value);
        line.AppendLiteral(") ended: ");
        PutDeed(ref line, process, end);
        line.AppendLiteral(Reason(failure));
        PutPosition(ref line, process, end, instruction);
        Log.Warn(line);
    }

    private static void PutDeed(ref LogLine line, Process process, ProcessEnd end)
    {
        if (end.Reason == EndReason.OutOfMemory)
        {
            line.AppendLiteral("no memory was left for ");
            line.AppendAddress(end.Data);
            return;
        }
        line.AppendLiteral(end.Fault switch
        {
            FaultKind.Read => "it read ",
            FaultKind.Write => "it wrote ",
            FaultKind.Execute => "it ran ",
            FaultKind.Divide => "it divided by zero, or the quotient did not fit",
            FaultKind.Protection => "it ran a privileged instruction or used no address",
            FaultKind.Instruction => "it ran what is no instruction",
            _ => "it raised an exception of the processor",
        });
        if (end.Fault is not (FaultKind.Read or FaultKind.Write or FaultKind.Execute))
            return;
        line.AppendAddress(end.Data);
        line.AppendLiteral(", ");
        PutTarget(ref line, process, end.Data);
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

    private static void PutTarget(ref LogLine line, Process process, ulong value)
    {
        if (!VirtualAddress.TryCreate(value, out VirtualAddress address))
        {
            line.AppendLiteral("which is no address");
        }
        else if (!address.IsUserHalf)
        {
            line.AppendLiteral("which is the kernel's");
        }
        else if (value < NullArea)
        {
            line.AppendLiteral("a null pointer");
        }
        else if (!process.LiveSpace.TryFind(address, out Region? region))
        {
            line.AppendLiteral("where nothing is");
        }
        else
        {
            bool isGuard = region.Rights == PageRights.None;
            line.AppendLiteral(isGuard ? "the guard of its " : "in its ");
            line.AppendLiteral(Name(region.Kind));
            if (isGuard)
                return;
            line.AppendLiteral(" (");
            line.AppendLiteral(region.Rights.ToString());
            line.AppendLiteral(")");
        }
    }

    // Where it is that cannot be run has been told.
    private static void PutPosition(
        ref LogLine line, Process process, ProcessEnd end, ulong instruction)
    {
        if (end.Reason == EndReason.Faulted && end.Fault == FaultKind.Execute
            && end.Data == instruction)
            return;
        line.AppendLiteral("; at ");
        if (process.Image.TryGetOffset(instruction, out ulong offset))
        {
            line.AppendLiteral(process.Name);
            line.AppendLiteral("+");
            line.AppendAddress(offset);
            return;
        }
        line.AppendAddress(instruction);
        if (VirtualAddress.TryCreate(instruction, out VirtualAddress address)
            && process.LiveSpace.TryFind(address, out Region? region))
        {
            line.AppendLiteral(" in its ");
            line.AppendLiteral(Name(region.Kind));
        }
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
