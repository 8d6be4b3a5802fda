using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.Paging;

/// <content>Passing over what is empty: most tables have few entries.</content>
public sealed partial class PageTable<TMemory>
{
    private const int Stride = 8;

    /// <summary>
    /// The index of the first entry in use from one index to another; above it if there is none.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextUsed(Frame table, int from, int last) =>
        from > last || _memory.Entry(table, from) != 0
            ? from
            : NextUsedAfter(table, from, last);

    private int NextUsedAfter(Frame table, int from, int last)
    {
        int at = from + 1;
        while (at <= last)
        {
            if (at % Stride == 0 && IsStrideEmpty(table, at))
            {
                at += Stride;
            }
            else if (_memory.Entry(table, at) != 0)
            {
                return at;
            }
            else
            {
                at++;
            }
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsStrideEmpty(Frame table, int at) =>
        (_memory.Entry(table, at) | _memory.Entry(table, at + 1)
            | _memory.Entry(table, at + 2) | _memory.Entry(table, at + 3)
            | _memory.Entry(table, at + 4) | _memory.Entry(table, at + 5)
            | _memory.Entry(table, at + 6) | _memory.Entry(table, at + 7)) == 0;
}
