using System.Runtime;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Interrupts;
using Cosmos.Core.Memory;
using Cosmos.Core.Panics;

namespace Cosmos.Core.Boot;

/// <summary>The first C# to run.</summary>
internal static class KernelEntry
{
    /// <summary>Called by the boot stub, on the boot stack, interrupts off.</summary>
    /// <param name="information">Physical address of the multiboot2 boot information.</param>
    /// <param name="image">Physical address of the image.</param>
    // Nothing here may allocate or need a static constructor before Startup.Run has set them up.
    [RuntimeExport("CosmosStart")]
    private static void Start(ulong information, ulong image)
    {
        BootInfo.Set(information, image);
        KernelLog.Open();
        // From here on a fault is a message instead of a reset.
        InterruptTable.Load();
        IdentityMap.GuardNull();
        FindSymbols();
        Runtime.Startup.Run();
        Panic.Fail("The kernel's entry returned.");
    }

    private static unsafe void FindSymbols()
    {
        if (BootInfo.Information.TryGetModule("symbols"u8, out BootModule symbols))
            SymbolTable.Install((byte*)symbols.Range.Start, (int)symbols.Range.Length,
                KernelImage.Start());
    }
}
