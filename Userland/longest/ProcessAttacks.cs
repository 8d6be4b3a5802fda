using System.Runtime.InteropServices;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Longest;

/// <summary>Processes with much in them, and many of them.</summary>
internal static unsafe class ProcessAttacks
{
    private const uint Page = Memory.PageBytes;
    private const int Regions = 10_000;
    private const int Mappings = 2_000;
    private const int Many = 60;
    private const int Rounds = 8;

    internal static readonly Attack[] All =
    [
        new("end with a quarter of memory, in small pages", EndWithSmall),
        new("end with ten thousand regions", EndWithRegions),
        new("copy ten thousand regions", CopyRegions),
        new("copy ten thousand regions beside a thread that changes them", CopyChanging),
        new("copy two thousand segments", CopyMappings),
        new("end while ten thousand regions are copied", EndCopying),
        new("end with many children", EndWithChildren),
        new("start a program", StartProgram),
    ];

    private static void EndWithSmall() => Process.Wait(Children.Run(static () =>
        MemoryAttacks.AllocateSmall(MemoryAttacks.ShareOfFree(4))));

    private static void EndWithRegions() => Process.Wait(Children.Run(MakeRegions));

    private static void CopyRegions() => Process.Wait(Children.Run(static () =>
    {
        MakeRegions();
        Process.Wait(Children.Run(static () => { }));
    }));

    private static void CopyChanging() => Process.Wait(Children.Run(static () =>
    {
        MakeRegions();
        int* stop = (int*)Memory.Allocate(Page).Start.Value;
        NativeThread thread = NativeThread.Start(&AllocateAndFree, (ulong)stop);
        for (int i = 0; i < Rounds; i++)
            Process.Wait(Children.Run(static () => { }));
        // Safe: the page stays.
        Volatile.Write(ref *stop, 1);
        thread.Join();
    }));

    // Safe: the address is that of a word that stays.
    [UnmanagedCallersOnly]
    private static uint AllocateAndFree(ulong stop)
    {
        while (Volatile.Read(ref *(int*)stop) == 0)
        {
            if (Memory.TryAllocate(Page, MemoryRights.ReadWrite, ZeroFirst.Yes, out Address start)
                == ErrorCode.None)
                Memory.Free(start, Page);
        }
        return 0;
    }

    // A claim each.
    private static void CopyMappings() => Process.Wait(Children.Run(static () =>
    {
        for (int i = 0; i < Mappings; i++)
            Segment.Capture(Memory.Allocate(Page));
        Process.Wait(Children.Run(static () => { }));
    }));

    // At some time of it.
    private static void EndCopying()
    {
        for (uint i = 1; i <= Rounds; i++)
        {
            ProcessId child = Children.Run(static () =>
            {
                MakeRegions();
                while (true)
                    Process.Wait(Children.Run(static () => { }));
            });
            Clock.Sleep(50 + (7 * i));
            Process.Kill(child);
        }
    }

    private static void MakeRegions()
    {
        for (int i = 0; i < Regions; i++)
        {
            if (Memory.TryAllocate(
                Page, MemoryRights.ReadWrite, ZeroFirst.Yes, out Address start)
                != ErrorCode.None)
                return;
            MemoryAttacks.Touch(start, Page, Page);
        }
    }

    // They are told, and end by that.
    private static void EndWithChildren() => Process.Wait(Children.Run(static () =>
    {
        for (int i = 0; i < Many; i++)
            Children.Copy(static () => { });
    }));

    private static void StartProgram() =>
        Process.Wait(Process.Spawn("longest", Program.ExitArgument));
}
