using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>How a process ended.</summary>
/// <param name="Reason">Whether by itself, by its parent or by a fault.</param>
/// <param name="Data">What it gave to EXIT; a fault's address otherwise.</param>
/// <param name="Fault">What it did, when the reason is a fault.</param>
public readonly record struct ProcessEnd(EndReason Reason, ulong Data, FaultKind Fault)
{
    /// <summary>Whether it ended by itself and said that all went well.</summary>
    public bool IsSuccess => Reason == EndReason.Exited && Data == 0;

    /// <summary>Whether the other ended in the same way, wherever a fault was.</summary>
    public bool IsLike(ProcessEnd other) => Reason == other.Reason && Fault == other.Fault
        && (Reason != EndReason.Exited || Data == other.Data);

    /// <summary>In a few words: "exit 0", "ended: write to 0x2f31_8000_1000".</summary>
    public override string ToString() => Reason switch
    {
        EndReason.Exited => $"exit {(long)Data}",
        EndReason.Killed => "killed",
        EndReason.OutOfMemory => "ended: out of memory",
        _ => $"ended: {Describe()}",
    };

    private string Describe() => Fault switch
    {
        FaultKind.Read => $"read of {new Address(Data)}",
        FaultKind.Write => $"write to {new Address(Data)}",
        FaultKind.Execute => $"jump to {new Address(Data)}",
        FaultKind.Divide => "division by zero",
        FaultKind.Protection => "general protection fault",
        FaultKind.Instruction => "no such instruction",
        _ => "fault",
    };
}
