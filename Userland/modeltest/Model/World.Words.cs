using System;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Modeltest.Peers;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <content>CREATE_THREAD, WAIT_WORD and WAKE_WORD between the threads of all.</content>
internal sealed partial class World
{
    // Who waits for a word, the longest first. Each has the word mapped as long as it waits: what
    // becomes of one that has not is nobody's business.
    private readonly List<ModelWaiter> _waiters = [];

    internal IReadOnlyList<ModelWaiter> Waiters => _waiters;

    /// <summary>A thread of the process waits for a word of a page, which it may read.</summary>
    internal void Wait(ModelProcess process, ulong page, int word)
    {
        int place = FreePlace(process);
        if (place < 0)
            return;
        Look(process, page);
        ErrorCode error = process.Peer.StartWaiter(
            place, new(OffsetOf(page, word)), ValueOf(process, page, word), MemoryWord.Forever);
        if (IsLackOf(SyscallCode.CreateThread, error))
            return;
        _waiters.Add(new ModelWaiter(WordAt(process, page, word), place));
    }

    /// <summary>The same with a limit, which passes.</summary>
    /// <returns>Whether it could.</returns>
    internal bool TryWaitShortly(ModelProcess process, ulong page, int word, uint milliseconds)
    {
        int place = FreePlace(process);
        if (place < 0)
            return false;
        Look(process, page);
        TimeSpan before = Clock.Uptime;
        ErrorCode error = process.Peer.StartWaiter(
            place, new(OffsetOf(page, word)), ValueOf(process, page, word), milliseconds);
        if (IsLackOf(SyscallCode.CreateThread, error))
            return true;
        Check.Equal($"WAIT_WORD for {milliseconds} ms", ErrorCode.TimedOut,
            process.Peer.AwaitWaiter(place));
        if (Clock.Uptime - before < TimeSpan.FromMilliseconds(milliseconds))
            Check.Fail($"WAIT_WORD for {milliseconds} ms comes back early");
        return true;
    }

    /// <summary>No thread has a stack that begins there.</summary>
    internal static void StartBadly(ModelProcess process, ulong stack)
    {
        process.Peer.Begin(SyscallCode.CreateThread).Put(0).Put(stack | 1);
        Expect(process, $"CREATE_THREAD at {stack | 1:X}", ErrorCode.InvalidArgument);
    }

    /// <summary>A process wakes those who wait for a word.</summary>
    internal void Wake(ModelProcess process, ulong page, int word, uint most)
    {
        ErrorCode expected = process.JudgeCall(page, MemoryRights.Read);
        process.Peer.Begin(SyscallCode.WakeWord).Put(OffsetOf(page, word))
            .Put(most, sizeof(uint));
        ErrorCode actual = ExpectForPage(
            process, page, MemoryRights.Read,
            $"WAKE_WORD at {OffsetOf(page, word):X}", expected);
        if (actual != ErrorCode.None)
            return;
        ModelWord name = WordAt(process, page, word);
        List<ModelWaiter> woken = _waiters.FindAll(w => w.Word.IsSame(name));
        if (woken.Count > most)
            woken.RemoveRange((int)most, woken.Count - (int)most);
        Check.Equal($"how many {process.Id} wakes at {OffsetOf(page, word):X}",
            (ulong)woken.Count, process.Peer.Value);
        foreach (ModelWaiter waiter in woken)
        {
            ModelProcess owner = waiter.Word.Process;
            Check.Equal($"what a thread of {owner.Id} is told at {waiter.Word.Address:X}",
                ErrorCode.None, owner.Peer.AwaitWaiter(waiter.Place));
            _waiters.Remove(waiter);
        }
    }

    /// <summary>
    /// Wakes all threads of a process that wait, as it is about to lose memory; of all processes
    /// if it is null.
    /// </summary>
    internal void WakeAll(ModelProcess? process)
    {
        while (_waiters.Find(w => process is null || w.Word.Process == process)
            is { Word.Process: not null } waiter)
        {
            ulong address = waiter.Word.Address;
            Wake(waiter.Word.Process, address / Page, address % Page == 0 ? 0 : 1, uint.MaxValue);
        }
    }

    private static bool IsLackOf(SyscallCode code, ErrorCode error)
    {
        bool isLack = error == ErrorCode.NoMemory && Hunger.Allows(code, supplier: null);
        // To name a code takes memory.
        if (!isLack && error != ErrorCode.None)
            Check.Fail($"{code}: 0x{(byte)error:X2}");
        return isLack;
    }

    private int FreePlace(ModelProcess process)
    {
        int place = Box.Threads - 1;
        while (place >= 0 && _waiters.Exists(
            w => w.Word.Process == process && w.Place == place))
            place--;
        return place;
    }

    // Only then is known what is there.
    private static void Look(ModelProcess process, ulong page)
    {
        if (process.At(page)!.Find(page) is null)
            Read(process, page);
    }

    private static uint ValueOf(ModelProcess process, ulong page, int word) =>
        (uint)process.At(page)!.Find(page)![word];

    private static ModelWord WordAt(ModelProcess process, ulong page, int word)
    {
        ModelRegion region = process.At(page)!;
        return new ModelWord(
            process, OffsetOf(page, word), region.Copies ? null : region.Segment,
            OffsetOf(region.Segment is null ? 0 : region.IndexOf(page), word));
    }
}
