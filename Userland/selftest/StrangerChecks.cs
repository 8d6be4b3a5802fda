using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// What a program of a job below can give to those above: nothing unless they ask for it, and then
/// it neither fills their queue of signals nor keeps them from having segments of their own.
/// </summary>
internal sealed class StrangerChecks(Workbench bench)
{
    private const ulong Page = Memory.PageBytes;
    private const SharingMode Exclusive = SharingMode.Exclusive | SharingMode.Unmap;
    private const long Failed = -1;
    private const int RoomForStrangers = 32;

    private readonly SegmentCalls _calls = new(bench);

    internal void Run()
    {
        ProcessId shut = Process.Spawn("selftest", "rest");
        ProcessId open = Process.Spawn("selftest", "taker");
        while (!Confined.IsListening(shut) || !Confined.IsListening(open))
            Clock.Sleep(1);
        Job job = Job.Create();
        ProcessId stranger = Process.Spawn(
            "selftest", ["stranger", shut.ToString(), open.ToString()], job);
        bench.Checks.Equal("SHARE_AMS: signals that a stranger leaves waiting",
            RoomForStrangers, (ulong)Process.Wait(stranger).Data);
        ulong[] segments = new ulong[RoomForStrangers + 1];
        for (int i = 0; i <= RoomForStrangers; i++)
        {
            segments[i] = _calls.Make(Page, out _);
            _calls.BeginShare(open.Value, segments[i], SharingMode.Read, 0);
            if (i < RoomForStrangers)
                bench.Accepts($"SHARE_AMS: to who was told {i} times more than by a stranger");
            else
                bench.Refuses("SHARE_AMS: to who has no more room", ErrorCode.NoMemory);
        }
        Array.ForEach(segments, _calls.GiveUp);
        Process.Kill(shut);
        Process.Kill(open);
        _calls.CountsAll("after a stranger");
    }

    /// <summary>Wants segments, and is never told of any.</summary>
    internal static int Take()
    {
        // An address at which no handler runs, as the process is never ready.
        ErrorCode error = new Caller().Begin(SyscallCode.HandleSignal)
            .Put((byte)SignalCode.RecvSharedAms, sizeof(byte)).Put(Page).Send();
        while (error == ErrorCode.None)
            Clock.Sleep(uint.MaxValue);
        return (int)error;
    }

    /// <summary>Gives segments to processes that are not its own.</summary>
    /// <param name="shut">One that wants none.</param>
    /// <param name="open">One that takes them.</param>
    /// <returns>How many were told to the second before its room was full.</returns>
    internal static int Give(ProcessId shut, ProcessId open)
    {
        if (Share(shut, SharingMode.Read, 0) != ErrorCode.NoReceiver
            || Share(shut, SharingMode.Read, 1) != ErrorCode.NoReceiver
            || Share(shut, Exclusive, 1) != ErrorCode.NoReceiver)
            Process.Exit(Failed);
        int told = 0;
        while (Share(open, SharingMode.Read, 0) == ErrorCode.None)
            told++;
        // Without a signal there is more room, and it is told the end of that by nothing either.
        bool isGiven = Share(open, SharingMode.Read, 1) == ErrorCode.None
            && Share(open, Exclusive, 1) == ErrorCode.None;
        Process.Exit(isGiven ? told : Failed);
        return 0;
    }

    private static ErrorCode Share(ProcessId to, SharingMode mode, byte notice)
    {
        Caller caller = new();
        caller.Begin(SyscallCode.VirtMemAms)
            .Put(Memory.Allocate((nuint)Page).Start.Value).Put(Page).Send();
        ulong segment = caller.Value0;
        return caller.Begin(SyscallCode.ShareAms).Put(to.Value).Put(segment)
            .Put(0, sizeof(ushort)).Put(notice, sizeof(byte)).Put((byte)mode, sizeof(byte))
            .Send();
    }
}
