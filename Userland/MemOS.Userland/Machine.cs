using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>The machine as a whole.</summary>
public static class Machine
{
    /// <summary>Memory, counted now.</summary>
    public static MemoryCount Memory
    {
        get
        {
            SyscallResult result = Syscall.Invoke(new PlainBlock(SyscallCode.CountMemory));
            return new MemoryCount(
                result.Value0, result.Value1, result.Value2, result.Value3);
        }
    }

    /// <summary>Switches the machine off.</summary>
    /// <exception cref="MemOsException">This process may not.</exception>
    public static void ShutDown() => Stop(StopMode.Off);

    /// <summary>Starts the machine again.</summary>
    /// <exception cref="MemOsException">This process may not.</exception>
    public static void Reboot() => Stop(StopMode.Reboot);

    private static void Stop(StopMode mode) =>
        Syscall.Invoke(new ShutdownBlock(mode)).OrThrow(SyscallCode.Shutdown);
}
