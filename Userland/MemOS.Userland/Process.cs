using System;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using MemOS.Abi;
using MemOS.Userland.Syscalls;
using MemOS.Userland.Terminal;

namespace MemOS.Userland;

/// <summary>Processes: this one, its children, and what others look like from outside.</summary>
public static unsafe partial class Process
{
    /// <summary>As a child's priority: the same as its parent's.</summary>
    public const byte OwnPriority = 0;

    private const ushort PollMilliseconds = 10_000;

    /// <summary>The number of this process.</summary>
    public static ProcessId Id => new(Plain(SyscallCode.GetPid));

    /// <summary>Starts a program of the archive as a child of this process.</summary>
    /// <param name="program">Its name there.</param>
    /// <param name="arguments">What its <c>Main</c> is given.</param>
    /// <exception cref="MemOsException">No such program, or it cannot be loaded.</exception>
    public static ProcessId Spawn(string program, params string[] arguments) =>
        Spawn(program, arguments, OwnPriority);

    /// <summary>Starts a program of the archive as a child of this process.</summary>
    /// <param name="program">Its name there.</param>
    /// <param name="arguments">What its <c>Main</c> is given.</param>
    /// <param name="priority">
    /// Its share of the processor: 1 to 20, or <see cref="OwnPriority"/>.
    /// </param>
    /// <param name="devices">The devices that it may drive; this process may as well.</param>
    /// <exception cref="MemOsException">
    /// No such program or priority, it cannot be loaded, or 0x31: not this process's device.
    /// </exception>
    public static ProcessId Spawn(
        string program, string[] arguments, byte priority, params DeviceId[] devices)
    {
        ErrorCode error = TrySpawn(program, arguments, out ProcessId child, priority, devices);
        return error == ErrorCode.None
            ? child
            : throw new MemOsException(SyscallCode.Spawn, error);
    }

    /// <summary>Starts a program of the archive in a job, as a child of this process.</summary>
    /// <param name="program">Its name there.</param>
    /// <param name="arguments">What its <c>Main</c> is given.</param>
    /// <param name="job">This process's job, or one below it.</param>
    /// <param name="priority">
    /// Its share of the processor: 1 to 20, or <see cref="OwnPriority"/>.
    /// </param>
    /// <param name="devices">The devices that it may drive; this process may as well.</param>
    /// <exception cref="MemOsException">
    /// No such program or priority, it cannot be loaded, 0x31: not this process's device, 0x32: no
    /// such job, or 0x40: the job's limits leave no room.
    /// </exception>
    public static ProcessId Spawn(
        string program, string[] arguments, Job job, byte priority = OwnPriority,
        params DeviceId[] devices)
    {
        ErrorCode error =
            TrySpawn(program, arguments, job, out ProcessId child, priority, devices);
        return error == ErrorCode.None
            ? child
            : throw new MemOsException(SyscallCode.Spawn, error);
    }

    /// <summary>Starts a program of the archive, or says why not.</summary>
    /// <param name="program">Its name there.</param>
    /// <param name="arguments">What its <c>Main</c> is given.</param>
    /// <param name="child">The new process.</param>
    /// <param name="priority">1 to 20, or <see cref="OwnPriority"/>.</param>
    /// <param name="devices">The devices that it may drive; this process may as well.</param>
    public static ErrorCode TrySpawn(
        string program, string[] arguments, out ProcessId child, byte priority = OwnPriority,
        params DeviceId[] devices) =>
        TrySpawn(program, arguments, Job.OfCaller, out child, priority, devices);

    /// <summary>Starts a program in a job, or says why not.</summary>
    /// <param name="program">Its name in the archive.</param>
    /// <param name="arguments">What its <c>Main</c> is given.</param>
    /// <param name="job">This process's job, or one below it.</param>
    /// <param name="child">The new process.</param>
    /// <param name="priority">1 to 20, or <see cref="OwnPriority"/>.</param>
    /// <param name="devices">The devices that it may drive; this process may as well.</param>
    public static ErrorCode TrySpawn(
        string program, string[] arguments, Job job, out ProcessId child,
        byte priority = OwnPriority, params DeviceId[] devices)
    {
        byte[] name = Encoding.UTF8.GetBytes(program);
        byte[] block = Encoding.UTF8.GetBytes(Join(arguments));
        // Safe: the kernel only reads the arrays, which are pinned for the call.
        fixed (byte* nameStart = name, blockStart = block)
        fixed (DeviceId* devicesStart = devices)
        {
            SyscallResult result = Syscall.Invoke(new SpawnBlock(
                nameStart, name.Length, blockStart, block.Length, priority, devicesStart,
                devices.Length * sizeof(DeviceId), job.Id));
            child = new ProcessId(result.Value0);
            return result.Error;
        }
    }

    /// <summary>
    /// Makes a child that is a copy of this process and goes on from here as well. Nothing is
    /// copied but what one of the two writes later. The child is not told segments' numbers: what
    /// is mapped of them here is mapped there.
    /// </summary>
    /// <returns>The child; null in the child itself.</returns>
    /// <exception cref="MemOsException">0x40: no memory for all that may be copied.</exception>
    public static ProcessId? Copy()
    {
        ErrorCode error = TryCopy(out ProcessId? child);
        return error == ErrorCode.None
            ? child
            : throw new MemOsException(SyscallCode.CreateProcess, error);
    }

    /// <summary>The same for a process that has no memory to throw an exception, perhaps.
    /// </summary>
    /// <param name="child">The child; null in the child itself, and if there is none.</param>
    /// <returns>NoMemory if there is none for all that may be copied.</returns>
    public static ErrorCode TryCopy(out ProcessId? child)
    {
        const ulong InCaller = 0;
        SyscallResult result = Syscall.Invoke(new ValueBlock(SyscallCode.CreateProcess, 0));
        child = result.Error == ErrorCode.None && result.Value1 == InCaller
            ? new ProcessId(result.Value0)
            : null;
        return result.Error;
    }

    /// <summary>Waits until a child has ended.</summary>
    /// <exception cref="MemOsException">0x30: not a child, or waited for before.</exception>
    public static ProcessEnd Wait(ProcessId child)
    {
        ProcessEnd end;
        while (!TryWait(child, PollMilliseconds, out end))
        {
            // Still running.
        }
        return end;
    }

    /// <summary>Waits a while until a child has ended.</summary>
    /// <param name="child">The child.</param>
    /// <param name="milliseconds">How long; 0 only asks.</param>
    /// <param name="end">How it ended.</param>
    /// <returns>Whether it has.</returns>
    /// <exception cref="MemOsException">0x30: not a child, or waited for before.</exception>
    public static bool TryWait(ProcessId child, ushort milliseconds, out ProcessEnd end)
    {
        ControlC.BeginWait();
        SyscallResult result = Syscall.Invoke(
            new ChildBlock(SyscallCode.WaitChildProcess, child, milliseconds));
        ControlC.EndWait();
        end = default;
        if (result.Error == ErrorCode.TimedOut)
            return false;
        end = End(result.OrThrow(SyscallCode.WaitChildProcess));
        return true;
    }

    /// <summary>Ends a child.</summary>
    /// <param name="child">The child.</param>
    /// <param name="milliseconds">
    /// How long it has to end by itself, if it handles <see cref="Signals.WillTerminate"/>.
    /// </param>
    /// <returns>How it ended.</returns>
    /// <exception cref="MemOsException">0x30: not a child, or waited for before.</exception>
    public static ProcessEnd Kill(ProcessId child, ushort milliseconds = 0) =>
        End(Syscall.Invoke(
            new ChildBlock(SyscallCode.KillChildProcess, child, milliseconds))
            .OrThrow(SyscallCode.KillChildProcess));

    /// <summary>Gives the rest of the time slice to others.</summary>
    public static void HandOver() => Plain(SyscallCode.HandOver);

    /// <summary>Ends this process.</summary>
    /// <param name="data">What the parent is told; 0 means that all went well.</param>
    [DoesNotReturn]
    public static void Exit(long data)
    {
        while (true)
            Syscall.Invoke(new ValueBlock(SyscallCode.Exit, (ulong)data));
    }

    private static ulong Plain(SyscallCode code)
    {
        ErrorCode error = Syscall.InvokeShort(new PlainBlock(code), out ulong value);
        return error == ErrorCode.None ? value : throw new MemOsException(code, error);
    }

    private static ProcessEnd End(SyscallResult result) =>
        new((EndReason)result.Value1, result.Value0, (FaultKind)result.Value2);

    // Each argument is ended by a zero byte, so an argument cannot hold one.
    private static string Join(string[] arguments)
    {
        StringBuilder text = new();
        foreach (string argument in arguments)
            text.Append(argument.Replace("\0", "")).Append('\0');
        return text.ToString();
    }
}
