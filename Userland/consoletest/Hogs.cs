using System;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.ConsoleTest;

/// <summary>Those who use what they can get.</summary>
internal static class Hogs
{
    private const int MoreThreads = 4095;
    private const int StackBytes = 4096;
    private const int LargestPiece = 1 << 20;

    internal static void Flood()
    {
        while (true)
            Console.WriteLine("and on and on and on and on and on and on and on and on and on");
    }

    internal static void Spin()
    {
        while (true)
        {
            // For as long as it is let.
        }
    }

    internal static unsafe void SpinThreads()
    {
        // All begin together: a maker beside thousands that spin would have its turn too seldom.
        using Pages gate = Memory.Allocate(Memory.PageBytes);
        gate[0] = 0;
        for (int i = 0; i < MoreThreads; i++)
            NativeThread.Start(&SpinThread, gate.Start.Value, StackBytes);
        Console.WriteLine("all threads run");
        gate[0] = 1;
        MemoryWord.Wake(gate.Start, MoreThreads);
        Spin();
    }

    internal static void Fork()
    {
        // The next attempt may succeed.
        while (true)
            Process.TryCopy(out _);
    }

    // Copies that go on to make copies are left when the first one ends.
    internal static int Scatter()
    {
        while (Process.TryCopy(out ProcessId? copy) == ErrorCode.None)
        {
            if (copy is null)
                Fork();
        }
        return 0;
    }

    // A copy that has all memory is left when the first one ends.
    internal static int Hoard()
    {
        if (Process.Copy() is not null)
            return 0;
        nuint bytes = LargestPiece;
        while (bytes >= Memory.PageBytes)
        {
            if (Memory.TryAllocate(bytes, MemoryRights.ReadWrite, ZeroFirst.Yes, out _)
                != ErrorCode.None)
                bytes /= 2;
        }
        SystemConsole.Write("nothing is left\r\n"u8);
        Spin();
        return 0;
    }

    [UnmanagedCallersOnly]
    private static uint SpinThread(ulong argument)
    {
        MemoryWord.Wait(new Address(argument), 0);
        Spin();
        return 0;
    }
}
