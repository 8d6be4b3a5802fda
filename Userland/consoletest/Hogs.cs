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
        for (int i = 0; i < MoreThreads; i++)
            NativeThread.Start(&SpinThread, 0, StackBytes);
        Console.WriteLine("all threads run");
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
        Spin();
        return 0;
    }
}
