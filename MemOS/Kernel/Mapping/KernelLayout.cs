using MemOS.Memory.Addresses;
using MemOS.Memory.Aslr;

namespace MemOS.Mapping;

/// <summary>
/// The kernel half of every address space, by slots of 512 GB (512 slots in all). In each window
/// the one thing it holds is placed at random at every boot.
/// </summary>
internal static class KernelLayout
{
    private const int SlotBits = 39;

    /// <summary>Slots 256-383: all RAM, readable and writable, never executable.</summary>
    internal static PageRange DirectMap => Slots(256, 128);

    /// <summary>Slots 384-447: the kernel's heap.</summary>
    internal static PageRange Heap => Slots(384, 64);

    /// <summary>Slots 448-463: devices.</summary>
    internal static PageRange Devices => Slots(448, 16);

    /// <summary>Slots 464-479: tables that never change, each by itself.</summary>
    internal static PageRange Constants => Slots(464, 16);

    /// <summary>Slots 480-495: the kernel's image, placed by the boot stub.</summary>
    internal static PageRange Image => Slots(480, 16);

    /// <summary>Chooses a place in a window.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="window">The window.</param>
    /// <param name="count">Pages wanted; fewer than the window has.</param>
    /// <param name="size">What the place is aligned to.</param>
    internal static PageRange Place(
        RandomSource random, PageRange window, PageCount count, PageSize size)
    {
        ulong number = random.Below(Places(window, count, size));
        return PageRange.Of(window.First + (number * size.SmallPages()), count);
    }

    /// <summary>How many places there are in a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="count">Pages wanted; fewer than the window has.</param>
    /// <param name="size">What a place is aligned to.</param>
    internal static ulong Places(PageRange window, PageCount count, PageSize size) =>
        ((window.Count.Value - count.Value) / size.SmallPages()) + 1;

    private static PageRange Slots(uint first, uint count)
    {
        ulong start = (ulong)((long)((ulong)first << (SlotBits + 16)) >> 16);
        return PageRange.Of(
            VirtualAddress.Create(start).Page,
            PageCount.Of((ulong)count << (SlotBits - 12)));
    }
}
