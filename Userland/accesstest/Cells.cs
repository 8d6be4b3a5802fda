using System.Threading;

namespace MemOS.Accesstest;

/// <summary>Loads and stores that are each done once, in the order that they are written.</summary>
internal static unsafe class Cells
{
    // Safe if the place is: all of these are what the tests are about.
    internal static ulong Load64(ulong place) => Volatile.Read(ref *(ulong*)place);

    internal static uint Load32(ulong place) => Volatile.Read(ref *(uint*)place);

    internal static ushort Load16(ulong place) => Volatile.Read(ref *(ushort*)place);

    internal static byte Load8(ulong place) => Volatile.Read(ref *(byte*)place);

    internal static long LoadSigned8(ulong place) => Volatile.Read(ref *(sbyte*)place);

    internal static long LoadSigned16(ulong place) => Volatile.Read(ref *(short*)place);

    internal static long LoadSigned32(ulong place) => Volatile.Read(ref *(int*)place);

    internal static void Store64(ulong place, ulong value) =>
        Volatile.Write(ref *(ulong*)place, value);

    internal static void Store32(ulong place, uint value) =>
        Volatile.Write(ref *(uint*)place, value);

    internal static void Store16(ulong place, ushort value) =>
        Volatile.Write(ref *(ushort*)place, value);

    internal static void Store8(ulong place, byte value) =>
        Volatile.Write(ref *(byte*)place, value);
}
