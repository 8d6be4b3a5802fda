using System;
using System.Runtime.InteropServices;
using System.Threading;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

namespace MemOS.Signaltest;

/// <summary>
/// Crowds of threads that wait for the same: more than one entry into the kernel wakes, and nobody
/// is forgotten.
/// </summary>
internal sealed unsafe class CrowdChecks(Checks checks)
{
    private const int Crowd = 300;
    private const int StackBytes = Memory.PageBytes;
    private const uint UntilAllWait = 200;
    private const int MostPolls = 500;
    private const uint PollMilliseconds = 10;

    private static int _awake;

    internal void Run()
    {
        Try("the same tick", &Sleep, UntilAllWait, static () => { });
        ProcessId child = Idle(Job.Own);
        Try("a child", &WaitForChild, child.Value, () => Syscall.Invoke(
            new ChildCall(SyscallCode.KillChildProcess, child.Value, 0)));
        Job job = Job.Create();
        ProcessId member = Idle(job);
        Try("a job", &WaitForJob, job.Id.Value, () => Process.Kill(member));
        Pages pages = Memory.Allocate(Memory.PageBytes);
        Try("a word whose page goes", &WaitForWord, pages.Start.Value, pages.Dispose);
        Pages words = Memory.Allocate(Memory.PageBytes);
        Try("a word", &WaitForWord, words.Start.Value,
            () => MemoryWord.Wake(words.Start, Crowd));
        using BackedSegment backed = new(Memory.PageBytes, static (_, _) =>
        {
            Clock.Sleep(UntilAllWait);
            return BackerAnswer.Done;
        });
        using Mapping mapping = backed.Segment.Map(MappingRights.Read);
        Try("a page of a backer", &Touch, mapping.Start.Value, static () => { });
    }

    private static ProcessId Idle(Job job) =>
        Process.Spawn(Program.Name, ["no-handler"], job);

    private void Try(
        string what, delegate* unmanaged<ulong, uint> wait, ulong argument, Action happen)
    {
        _awake = 0;
        NativeThread[] threads = new NativeThread[Crowd];
        for (int i = 0; i < Crowd; i++)
            threads[i] = NativeThread.Start(wait, argument, StackBytes);
        Clock.Sleep(UntilAllWait);
        happen();
        for (int i = 0; i < MostPolls && Volatile.Read(ref _awake) < Crowd; i++)
            Clock.Sleep(PollMilliseconds);
        checks.Equal($"all wake that wait for {what}", Crowd, (ulong)Volatile.Read(ref _awake));
        if (_awake != Crowd)
            return;
        foreach (NativeThread thread in threads)
            thread.Join();
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct ChildCall(SyscallCode code, ulong child, ushort milliseconds)
    {
        private readonly SyscallCode _code = code;
        private readonly ulong _child = child;
        private readonly ushort _milliseconds = milliseconds;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct WordCall(ulong word)
    {
        private readonly SyscallCode _code = SyscallCode.WaitWord;
        private readonly ulong _word = word;
        private readonly uint _expected = 0;
        private readonly uint _milliseconds = uint.MaxValue;
    }

    private static uint Wake()
    {
        Interlocked.Increment(ref _awake);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static uint Sleep(ulong milliseconds)
    {
        Clock.Sleep((uint)milliseconds);
        return Wake();
    }

    // One of them is told, the others that there is no such child any more.
    [UnmanagedCallersOnly]
    private static uint WaitForChild(ulong child)
    {
        Syscall.Invoke(new ChildCall(SyscallCode.WaitChildProcess, child, ushort.MaxValue));
        return Wake();
    }

    [UnmanagedCallersOnly]
    private static uint WaitForJob(ulong job)
    {
        new Job(new JobId(job)).Wait();
        return Wake();
    }

    [UnmanagedCallersOnly]
    private static uint WaitForWord(ulong word)
    {
        Syscall.Invoke(new WordCall(word));
        return Wake();
    }

    // Safe: it is mapped.
    [UnmanagedCallersOnly]
    private static uint Touch(ulong address) => *(byte*)address + Wake();
}
