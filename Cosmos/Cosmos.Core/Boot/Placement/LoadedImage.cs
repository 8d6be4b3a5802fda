using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Core.Boot.Placement;

/// <summary>
/// The image as the boot loader left it, in the identity map. Only for the code that makes the
/// placed image of it: there, these functions lead to places that mean nothing.
/// </summary>
internal static unsafe class LoadedImage
{
    [RuntimeImport("*", "CosmosTextStart"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* Text();

    [RuntimeImport("*", "CosmosConstantsStart"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* Constants();

    [RuntimeImport("*", "CosmosUnwindIndex"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* UnwindIndex();

    [RuntimeImport("*", "CosmosDataStart"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* Data();

    /// <summary>End of what the loader filled; what follows is zero in the placed image.</summary>
    [RuntimeImport("*", "CosmosBssStart"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* Bss();

    [RuntimeImport("*", "CosmosBssEnd"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* End();

    /// <summary>The gap among the constants for the layout.</summary>
    [RuntimeImport("*", "CosmosImageLayoutAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ImageLayout* Layout();

    /// <summary>Room for the page tables.</summary>
    [RuntimeImport("*", "CosmosBootTablesAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong* Tables();

    /// <summary>The page below the boot stack, which stays unmapped.</summary>
    [RuntimeImport("*", "CosmosStackGuardAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* StackGuard();

    /// <summary>Room for the seed that the kernel starts with.</summary>
    [RuntimeImport("*", "CosmosBootSeedAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong* Seed();

    /// <summary>Where the placed image is entered.</summary>
    [RuntimeImport("*", "CosmosArrivalAddress"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* Arrival();
}
