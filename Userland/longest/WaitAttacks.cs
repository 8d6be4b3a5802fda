using System;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

namespace MemOS.Longest;

/// <summary>Thousands of threads that wait for the same.</summary>
internal static unsafe class WaitAttacks
{
    private const int Threads = 2000;
    private const int StackBytes = Memory.PageBytes;
    private const uint UntilAllWait = 100;
    private const uint UntilAllSleep = 3000;

    // Less and more than what a backer has to answer.
    private const uint InTime = SyscallConvention.BackerMilliseconds / 2;
    private const uint TooLate = 2 * SyscallConvention.BackerMilliseconds;

    internal static readonly Attack[] All =
    [
        new("thousands of threads sleep until the same tick", static () => Run(Sleep)),
        new("thousands of threads wait for a child", static () => Run(AwaitChild)),
        new("thousands of threads wait for a job", static () => Run(AwaitJob)),
        new("thousands of threads wait for a word, whose page goes", static () => Run(FreeWord)),
        new("thousands of threads wait for words of many pages", static () => Run(FreeOther)),
        new("thousands of threads wait for a page, and its backer ends", EndBacker),
        new("thousands of threads wait for a page, which comes", static () => Run(Supply)),
        new("thousands of threads give up waiting for a page", static () => Run(GiveUp)),
    ];

    private static void Run(Action action) => Process.Wait(Children.Run(action));

    // What they touch is theirs, and they end with the process.
    private static void Start(delegate* unmanaged<ulong, uint> method, ulong argument)
    {
        for (int i = 0; i < Threads; i++)
            NativeThread.Start(method, argument, StackBytes);
        Clock.Sleep(UntilAllWait);
    }

    private static void Sleep()
    {
        ulong until = (ulong)Clock.Uptime.TotalMilliseconds + UntilAllSleep;
        Start(&SleepUntil, until);
        Clock.Sleep(UntilAllSleep);
    }

    private static void AwaitChild()
    {
        ProcessId child = Children.Copy(static () => Clock.Sleep(uint.MaxValue));
        Start(&WaitForChild, child.Value);
        // One of them may be told instead.
        Syscall.Invoke(new ChildCall(SyscallCode.KillChildProcess, child.Value, 0));
        Clock.Sleep(UntilAllWait);
    }

    private static void AwaitJob()
    {
        Job job = Job.Create();
        ProcessId child = Process.Spawn("longest", [Program.SleepArgument], job);
        Start(&WaitForJob, job.Id.Value);
        Process.Kill(child);
        Clock.Sleep(UntilAllWait);
    }

    private static void FreeWord()
    {
        Pages pages = Memory.Allocate(Memory.PageBytes);
        Start(&WaitForWord, pages.Start.Value);
        pages.Dispose();
        Clock.Sleep(UntilAllWait);
    }

    // Each waits for a word of its own stack, at the same place of the page.
    private static void FreeOther()
    {
        Pages pages = Memory.Allocate(Memory.PageBytes);
        Start(&WaitForOwnWord, 0);
        ulong place = _place;
        MemoryWord.Wake(new Address(pages.Start.Value + place), Threads);
        pages.Dispose();
    }

    private static void EndBacker() => Run(static () =>
    {
        Mapping mapping = Back(InTime, static () => Process.Exit(0));
        ulong start = mapping.Start.Value;
        Children.Copy(() => Start(&Touch, start));
        Clock.Sleep(TooLate);
    });

    private static void Supply()
    {
        Mapping mapping = Back(InTime, static () => { });
        Start(&Touch, mapping.Start.Value);
        Clock.Sleep(TooLate);
    }

    private static void GiveUp()
    {
        Mapping mapping = Back(TooLate, static () => { });
        Start(&Touch, mapping.Start.Value);
        Clock.Sleep(TooLate);
    }

    // A page that is asked for takes so long, and then something happens.
    private static Mapping Back(uint milliseconds, Action happen)
    {
        BackedSegment backed = new(Memory.PageBytes, (_, _) =>
        {
            Clock.Sleep(milliseconds);
            happen();
            return BackerAnswer.Done;
        });
        return backed.Segment.Map(MappingRights.Read);
    }

    private static ulong _place;

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

    [UnmanagedCallersOnly]
    private static uint SleepUntil(ulong milliseconds)
    {
        ulong now = (ulong)Clock.Uptime.TotalMilliseconds;
        if (now < milliseconds)
            Clock.Sleep((uint)(milliseconds - now));
        Clock.Sleep(uint.MaxValue);
        return 0;
    }

    // What it waits for may be gone, which is no matter.
    [UnmanagedCallersOnly]
    private static uint WaitForChild(ulong child)
    {
        Syscall.Invoke(new ChildCall(SyscallCode.WaitChildProcess, child, ushort.MaxValue));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static uint WaitForJob(ulong job)
    {
        new Job(new JobId(job)).Wait();
        Clock.Sleep(uint.MaxValue);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static uint WaitForWord(ulong word)
    {
        Syscall.Invoke(new WordCall(word));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static uint WaitForOwnWord(ulong _)
    {
        uint word = 0;
        _place = (ulong)&word % Memory.PageBytes;
        Syscall.Invoke(new WordCall((ulong)&word));
        return 0;
    }

    // Safe: mapped, though nobody may be left who makes it there.
    [UnmanagedCallersOnly]
    private static uint Touch(ulong address) => *(byte*)address;
}
