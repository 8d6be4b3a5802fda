using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Longest;

/// <summary>Processes with much in them, and many of them.</summary>
internal static class ProcessAttacks
{
    private const uint Page = Memory.PageBytes;
    private const int Regions = 10_000;
    private const int Many = 60;

    internal static readonly Attack[] All =
    [
        new("end with a quarter of memory, in small pages", EndWithSmall),
        new("end with ten thousand regions", EndWithRegions),
        new("copy ten thousand regions", CopyRegions),
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
