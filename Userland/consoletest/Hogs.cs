using System;
using System.Runtime.InteropServices;
using MemOS.Userland;

namespace MemOS.ConsoleTest;

/// <summary>Those who use what they can get.</summary>
internal static class Hogs
{
    private const int MoreThreads = 4095;
    private const int StackBytes = 4096;

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
        while (true)
        {
            try
            {
                Process.Copy();
            }
            catch (MemOsException)
            {
                // The next attempt may succeed.
            }
        }
    }

    [UnmanagedCallersOnly]
    private static uint SpinThread(ulong argument)
    {
        MemoryWord.Wait(new Address(argument), 0);
        Spin();
        return 0;
    }
}
