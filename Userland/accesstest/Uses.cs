using System.Runtime;
using System.Runtime.CompilerServices;

namespace MemOS.Accesstest;

/// <summary>Uses.asm, one method an instruction.</summary>
internal static class Uses
{
    [RuntimeImport("*", "AccesstestAdd")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Add(ulong place, ulong value);

    [RuntimeImport("*", "AccesstestSubtractByte")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong SubtractByte(ulong place, ulong value);

    [RuntimeImport("*", "AccesstestExchange")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Exchange(ulong place, ulong value);

    [RuntimeImport("*", "AccesstestExchangeAdd")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong ExchangeAdd(ulong place, ulong value);

    [RuntimeImport("*", "AccesstestCompareExchange")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong CompareExchange(ulong place, ulong expected, ulong value);

    [RuntimeImport("*", "AccesstestIncrementByte")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void IncrementByte(ulong place);

    [RuntimeImport("*", "AccesstestShiftWord")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ShiftWord(ulong place, ulong count);

    [RuntimeImport("*", "AccesstestSetBit")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void SetBit(ulong place, ulong number);

    [RuntimeImport("*", "AccesstestSetIfBelow")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void SetIfBelow(ulong place, ulong left, ulong right);

    [RuntimeImport("*", "AccesstestMoveIfBelow")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong MoveIfBelow(ulong place, ulong left, ulong right);

    [RuntimeImport("*", "AccesstestPush")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Push(ulong place);

    [RuntimeImport("*", "AccesstestPop")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Pop(ulong place, ulong value);

    [RuntimeImport("*", "AccesstestLoadVector")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadVector(ulong place, ulong to);

    [RuntimeImport("*", "AccesstestStoreVector")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void StoreVector(ulong place, ulong from);

    [RuntimeImport("*", "AccesstestStoreSingle")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void StoreSingle(ulong place, ulong from);

    [RuntimeImport("*", "AccesstestMoveBytes")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong MoveBytes(ulong to, ulong from, ulong count);

    [RuntimeImport("*", "AccesstestMoveQuadsDown")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong MoveQuadsDown(ulong to, ulong from, ulong count);

    [RuntimeImport("*", "AccesstestFill")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Fill(ulong place, ulong value, ulong count);

    [RuntimeImport("*", "AccesstestCompare")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Compare(ulong place, ulong other, ulong count);

    [RuntimeImport("*", "AccesstestFind")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Find(ulong place, ulong value, ulong count);

    [RuntimeImport("*", "AccesstestTakeWord")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong TakeWord(ulong place);

    [RuntimeImport("*", "AccesstestLoadFloat")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadFloat(ulong place);

    [RuntimeImport("*", "AccesstestAddDouble")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void AddDouble(ulong place);
}
