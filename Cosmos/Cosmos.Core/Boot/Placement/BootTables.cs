using Cosmos.Core.Hardware;

namespace Cosmos.Core.Boot.Placement;

/// <summary>
/// The page tables that a kernel starts with: RAM below 4 GB at its own addresses, not executable,
/// and the image write-xor-execute.
/// </summary>
/// <param name="tables">Zeroed pages at their physical address.</param>
internal unsafe ref struct BootTables(ulong* tables)
{
    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong Large = 1 << 7;
    private const ulong NoExecute = 1UL << 63;
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;
    private const ulong FiveLevels = 1 << 12;

    private const int Entries = 512;
    private const ulong PageBytes = 4096;
    private const ulong LargeBytes = 2 << 20;
    private const int Directories = 4;

    private readonly ulong* _root = tables;
    private ulong* _next = tables + Entries;

    /// <summary>Code.</summary>
    internal static ulong Execute => Present;

    /// <summary>Constants.</summary>
    internal static ulong Read => Present | NoExecute;

    /// <summary>Data.</summary>
    internal static ulong ReadWrite => Present | Writable | NoExecute;

    /// <summary>What CR3 is to hold.</summary>
    internal ulong Top()
    {
        if ((Instruction.ReadCr4() & FiveLevels) == 0)
            return (ulong)_root;
        // With five levels, both ends of the address space go on as with four.
        ulong* top = Take();
        top[0] = (ulong)_root | Present | Writable;
        top[Entries - 1] = top[0];
        return (ulong)top;
    }

    /// <summary>Maps the low 4 GB at their own addresses, in large pages.</summary>
    /// <param name="running">
    /// What runs while the tables are loaded: its large page stays executable, and read-only,
    /// until <see cref="Memory.IdentityMap.Close"/>.
    /// </param>
    internal void MapLowMemory(byte* running)
    {
        ulong* pointers = Take();
        _root[0] = (ulong)pointers | Present | Writable;
        ulong address = 0;
        for (int i = 0; i < Directories; i++)
        {
            ulong* directory = Take();
            pointers[i] = (ulong)directory | Present | Writable;
            for (int entry = 0; entry < Entries; entry++, address += LargeBytes)
            {
                bool runs = (ulong)running - address < LargeBytes;
                directory[entry] = address | Large | (runs ? Execute : ReadWrite);
            }
        }
    }

    /// <summary>Maps a part of the image.</summary>
    internal void Map(in PartMove part, ulong rights)
    {
        for (ulong offset = 0; offset < part.Bytes; offset += PageBytes)
            *Entry((ulong)part.Virtual + offset) = (ulong)part.Target + offset | rights;
    }

    /// <summary>Takes a page out.</summary>
    internal void Unmap(byte* page) => *Entry((ulong)page) = 0;

    private ulong* Entry(ulong address)
    {
        ulong* table = _root;
        for (int shift = 39; shift > 12; shift -= 9)
        {
            ulong* entry = table + (address >> shift & (Entries - 1));
            if ((*entry & Present) == 0)
                *entry = (ulong)Take() | Present | Writable;
            table = (ulong*)(*entry & AddressMask);
        }
        return table + (address >> 12 & (Entries - 1));
    }

    private ulong* Take()
    {
        ulong* taken = _next;
        _next += Entries;
        return taken;
    }
}
