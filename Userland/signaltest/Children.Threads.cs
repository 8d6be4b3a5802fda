using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Signaltest;

/// <content>Those that have several threads.</content>
internal static unsafe partial class Children
{
    private const int CrowdThreads = 20;
    private const uint Short = 50;

    // The first thread, which waits, is told of what the other does.
    private static int FaultInThread(bool isHandled)
    {
        if (isHandled)
        {
            Signals.MemoryFault += static (address, access) => Process.Exit(
                address == Nowhere && access == FaultKind.Write ? Told : Mistold);
        }
        NativeThread.Start(&WriteNowhere, Nowhere.Value);
        return WaitForEver();
    }

    // The process goes on with the thread that is left.
    private static int EndFirstThread()
    {
        NativeThread.Start(&SleepAndExit, Told);
        new Caller().Begin(SyscallCode.ExitThread).Put(Mistold, sizeof(uint)).Send();
        return NotStopped;
    }

    private static int MakeCrowd()
    {
        Address word = Memory.Allocate(Memory.PageBytes).Start;
        Signals.Terminate += static () => { };
        for (int i = 0; i < CrowdThreads; i++)
            NativeThread.Start(&WaitForWord, word.Value);
        return WaitForEver();
    }

    // The first thread is one of them.
    private static int FillUp()
    {
        ulong page = Memory.Allocate(Memory.PageBytes).Start.Value;
        Caller create = new Caller().Begin(SyscallCode.CreateThread).Put(0).Put(page);
        Caller wait = new Caller().Begin(SyscallCode.WaitWord).Put(page)
            .Put(0, sizeof(uint)).Put(MemoryWord.Forever, sizeof(uint));
        ulong count = 1;
        ErrorCode error;
        // Safe: blocks lie in pages of their own.
        fixed (byte* createBlock = create.Block, waitBlock = wait.Block)
            error = (ErrorCode)Fill(createBlock, waitBlock, &count);
        return error == ErrorCode.NoMemory && count == SyscallConvention.MostThreads
            ? Told
            : Mistold;
    }

    [RuntimeImport("*", "SignaltestFill")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong Fill(byte* create, byte* wait, ulong* count);

    [UnmanagedCallersOnly]
    private static uint WriteNowhere(ulong address)
    {
        Trespass.Write(new Address(address));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static uint SleepAndExit(ulong data)
    {
        Clock.Sleep(Short);
        Process.Exit((long)data);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static uint WaitForWord(ulong word)
    {
        while (true)
            MemoryWord.Wait(new Address(word), 0);
    }
}
