using System;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Modeltest.Peers;

/// <content>Threads of the peer that wait for words.</content>
internal sealed unsafe partial class Peer
{
    // A multiple of 16: such a thread uses no stack.
    private const ulong NoStack = 0x1000;

    /// <summary>
    /// Has it make a thread that waits for a word; if there is one, it waits afterwards, or has
    /// come back already.
    /// </summary>
    /// <param name="place">Which of its threads.</param>
    /// <param name="word">What to wait for.</param>
    /// <param name="expected">What should be there.</param>
    /// <param name="milliseconds">How long.</param>
    /// <param name="stack">The top of its stack, which it does not use.</param>
    internal ErrorCode StartWaiter(
        int place, Address word, uint expected, uint milliseconds, ulong stack = NoStack)
    {
        ThreadPlace* thread = &_box->Thread0 + place;
        thread->State = ThreadState.Waiting;
        byte* wait = Put(thread->Wait, (ulong)SyscallCode.WaitWord, sizeof(SyscallCode));
        wait = Put(wait, word.Value, sizeof(ulong));
        wait = Put(wait, expected, sizeof(uint));
        Put(wait, milliseconds, sizeof(uint));
        // The address is for the peer to fill in.
        byte* wake = Put(thread->Wake, (ulong)SyscallCode.WakeWord, sizeof(SyscallCode));
        Put(wake + sizeof(ulong), uint.MaxValue, sizeof(uint));
        byte* exit = Put(thread->Exit, (ulong)SyscallCode.ExitThread, sizeof(SyscallCode));
        Put(exit, 0, sizeof(uint));
        Begin(SyscallCode.CreateThread).Put(0).Put(stack);
        Do(OrderKind.StartThread, 0, (ulong)place);
        ErrorCode error = (ErrorCode)_box->Value;
        Outcomes.Add(SyscallCode.CreateThread, error);
        if (error == ErrorCode.None)
            AwaitWaiting();
        return error;
    }

    /// <summary>Waits until a thread has waited.</summary>
    /// <returns>What came of it.</returns>
    internal ErrorCode AwaitWaiter(int place)
    {
        const int MostLooks = 100;
        ThreadPlace* thread = &_box->Thread0 + place;
        uint* state = (uint*)&thread->State;
        for (int i = 0; Volatile.Read(ref *state) != (uint)ThreadState.Ended; i++)
        {
            if (i == MostLooks)
                Check.Fail($"{Id}: its thread {place} does not come back");
            MemoryWord.Wait(Address.Of(state), (uint)ThreadState.Waiting, LookAfter);
        }
        thread->State = ThreadState.None;
        ErrorCode error = (ErrorCode)thread->Result;
        Outcomes.Add(SyscallCode.WaitWord, error);
        return error;
    }

    // All its threads wait for something, or for the time that they have.
    private void AwaitWaiting()
    {
        while (!Array.Exists(
            Process.List(), one => one.Id == Id && one.State == ProcessState.Waiting))
            Process.HandOver();
    }
}
