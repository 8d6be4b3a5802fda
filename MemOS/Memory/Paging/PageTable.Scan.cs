using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.Paging;

/// <content>Passing over what is empty: most tables have few entries.</content>
public sealed partial class PageTable<TMemory>
{
    /// <summary>
    /// The index of the first entry in use from one index to another; above it if there is none.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextUsed(Frame table, int from, int last) =>
        from > last || _memory.Entry(table, from) != 0
            ? from
            : _memory.NextEntry(table, from + 1, last);
}
