using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>The machine as a whole.</summary>
public static class Machine
{
    /// <summary>Memory, counted now.</summary>
    /// <exception cref="MemOsException">0x04: no authority to inspect.</exception>
    public static MemoryCount Memory
    {
        get
        {
            SyscallResult result = Syscall.Invoke(new PlainBlock(SyscallCode.CountMemory))
                .OrThrow(SyscallCode.CountMemory);
            return new MemoryCount(
                result.Value0, result.Value1, result.Value2, result.Value3);
        }
    }

    /// <summary>
    /// Has the kernel check every invariant of the machine's memory: see docs/invariants.md. The
    /// log tells what it found.
    /// </summary>
    /// <returns>Whether all of them hold.</returns>
    /// <exception cref="MemOsException">0x40: no memory for the check.</exception>
    public static bool Audit() => Syscall.Invoke(new PlainBlock(SyscallCode.AuditMemory))
        .OrThrow(SyscallCode.AuditMemory).Value0 == 1;

    /// <summary>Switches the machine off.</summary>
    /// <exception cref="MemOsException">This process may not.</exception>
    public static void ShutDown() => Stop(StopMode.Off);

    /// <summary>Starts the machine again.</summary>
    /// <exception cref="MemOsException">This process may not.</exception>
    public static void Reboot() => Stop(StopMode.Reboot);

    private static void Stop(StopMode mode) =>
        Syscall.Invoke(new ShutdownBlock(mode)).OrThrow(SyscallCode.Shutdown);
}
