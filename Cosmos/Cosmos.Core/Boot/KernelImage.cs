using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Core.Boot;

/// <summary>Where the boot stub and the linker script put the parts of the kernel.</summary>
/// <remarks>
/// All are virtual addresses; <see cref="BootInfo.Slide"/> leads to physical ones.
/// </remarks>
public static unsafe class KernelImage
{
    /// <summary>First byte of the image, page-aligned.</summary>
    [RuntimeImport("*", "CosmosKernelImageStart")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* Start();

    /// <summary>End of the code.</summary>
    [RuntimeImport("*", "CosmosKernelTextEnd")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* TextEnd();

    /// <summary>First byte of the constants, page-aligned.</summary>
    [RuntimeImport("*", "CosmosKernelConstantsStart")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* ConstantsStart();

    /// <summary>First byte of what can be written, page-aligned: constants end here.</summary>
    [RuntimeImport("*", "CosmosKernelDataStart")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* DataStart();

    /// <summary>End of the image with its zeroed part, page-aligned.</summary>
    [RuntimeImport("*", "CosmosKernelImageEnd")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* End();

    /// <summary>Lowest address of the boot stack; the page below it is unmapped.</summary>
    [RuntimeImport("*", "CosmosStackBottomAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* StackBottom();

    /// <summary>Where the boot stack starts, growing down.</summary>
    [RuntimeImport("*", "CosmosStackTopAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* StackTop();

    [RuntimeImport("*", "CosmosEarlyPagesAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* EarlyPages();

    [RuntimeImport("*", "CosmosEarlyPagesEndAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* EarlyPagesEnd();
}
