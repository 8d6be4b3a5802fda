using System.Runtime;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Interrupts;
using Cosmos.Core.Memory;
using Cosmos.Core.Panics;

namespace Cosmos.Core.Boot;

/// <summary>The first C# to run.</summary>
internal static class KernelEntry
{
    /// <summary>Enters the placed image, on the boot stack, interrupts off.</summary>
    /// <param name="information">Physical address of the multiboot2 boot information.</param>
    /// <param name="loaded">Physical address of the image that the boot loader brought.</param>
    // Nothing here may allocate or need a static constructor before Startup.Run has set them up.
    [RuntimeExport("CosmosStart")]
    private static void Start(ulong information, ulong loaded)
    {
        BootInfo.Set(information);
        IdentityMap.Close(loaded);
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
            SymbolTable.Install((byte*)symbols.Range.Start, (int)symbols.Range.Length);
    }
}
