using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Runtime;

/// <summary>Addresses that the linker script defines in every image.</summary>
internal static unsafe class Image
{
    [RuntimeImport("*", "CosmosModulesStart")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern nint* ModulesStart();

    [RuntimeImport("*", "CosmosModulesEnd")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern nint* ModulesEnd();

    [RuntimeImport("*", "CosmosThreadDataStart")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* ThreadDataStart();

    [RuntimeImport("*", "CosmosThreadDataEnd")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* ThreadDataEnd();

    [RuntimeImport("*", "CosmosThreadBssEnd")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* ThreadBssEnd();

    [RuntimeImport("*", "CosmosUnwindIndex")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* UnwindIndex();

    [RuntimeImport("*", "CosmosMainThreadBlock")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* MainThreadBlock();

    [RuntimeImport("*", "CosmosClasslibTable")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern nint* ClasslibTable();
}
