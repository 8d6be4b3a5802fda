using System.Collections.Generic;
using System.Linq;
using Cosmos.TestRunner.Engine.Tlb;

namespace MemOS.Tests.Target.Booted;

/// <summary>What the processor's page tables map, page by page of 4 KB.</summary>
internal static class MappedPages
{
    /// <summary>Bytes of a page.</summary>
    public const ulong SmallPage = 4096;

    /// <summary>Where the kernel's half of the addresses begins.</summary>
    private const ulong KernelHalf = 1UL << 63;

    /// <summary>Where the kernel's image may lie: slots 480-495 of the top level.</summary>
    private const ulong ImageWindow = 0xFFFF_F000_0000_0000;

    private const ulong ImageWindowBytes = 1UL << 43;

    /// <summary>The tables of a machine as they are now.</summary>
    public static TlbDump Dump(MemOsMachine memOs) =>
        TlbDump.Parse(memOs.Monitor.Run("info tlb"));

    /// <summary>Whether the page lies in the kernel's half.</summary>
    public static bool IsKernelHalf(this TlbEntry entry) => entry.Virtual.Value >= KernelHalf;

    /// <summary>The physical pages that a mapping covers.</summary>
    /// <remarks>
    /// A large one has 512 small ones at least, all of which follow from its first; one of 1 GB
    /// has more, and counts as its first 2 MB.
    /// </remarks>
    public static IEnumerable<ulong> Covered(TlbEntry entry)
    {
        ulong pages = entry.Size == TlbPageSize.Large ? 512ul : 1ul;
        for (ulong page = 0; page < pages; page++)
            yield return entry.Physical.Value + page * SmallPage;
    }

    /// <summary>Whether the page lies where the kernel's image does.</summary>
    public static bool IsImage(TlbEntry entry) =>
        entry.Virtual.Value - ImageWindow < ImageWindowBytes;

    /// <summary>
    /// Where the kernel's code begins: there is no other code in the kernel's half.
    /// </summary>
    public static ulong ImageStart(TlbDump dump) => dump.Entries
        .Where(e => e.IsKernelHalf() && e.Rights.HasFlag(TlbRights.Execute))
        .Min(e => e.Virtual.Value);
}
