using System;
using Cosmos.Core.Boot;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Panics;
using MemOS.Consoles;
using MemOS.Mapping;
using MemOS.Memory.Paging;
using KernelLog = MemOS.Consoles.KernelLog;

namespace MemOS.Devices;

/// <summary>The one console of the machine: where text goes and keys come from.</summary>
internal static unsafe class SystemConsole
{
    private static KernelConsole? _console;
    private static ConsoleInput? _input;

    /// <summary>What is typed.</summary>
    internal static ConsoleInput Input => _input!;

    /// <summary>Opens serial line and screen through the boot stub's map; starts the log.</summary>
    internal static void Open()
    {
        _console = KernelConsole.Open();
        _input = new ConsoleInput(_console.Line);
        Log.Start(_console);
        Console.SetOut(new KernelWriter(_console));
    }

    /// <summary>Maps the screen for good, and finds the symbols in the map of all RAM.</summary>
    internal static void MoveTo(KernelMemory memory)
    {
        BootInformation information = memory.BootInformation;
        MoveScreen(memory, information);
        if (information.TryGetModule("symbols"u8, out BootModule symbols))
        {
            // Safe: the direct map shows all modules, and none is ever freed.
            SymbolTable.Install(
                PhysicalMap.PointerTo(symbols.Range), (int)symbols.Range.Length,
                KernelImage.Start());
        }
    }

    /// <summary>From now on the screen is drawn by <see cref="Refresh"/>.</summary>
    internal static void DrawOnRefresh() => _console!.Drawing = ScreenDrawing.OnRefresh;

    /// <summary>Shows UTF-8 text with escape sequences.</summary>
    internal static void Write(ReadOnlySpan<byte> utf8) => _console!.Write(utf8);

    /// <summary>Draws what was written since the last time.</summary>
    internal static void Refresh() => _console!.Refresh();

    private static void MoveScreen(KernelMemory memory, in BootInformation information)
    {
        if (_console!.Screen is null
            || !information.TryGetFramebuffer(out FramebufferInfo screen))
            return;
        PhysicalRange range = new(screen.Address, (ulong)screen.Pitch * screen.Height);
        byte* mapped = DeviceWindow.TryMap(memory, range, CacheKind.WriteCombining);
        if (mapped == null)
            Boot.BootFailure.Stop("There is no memory for the screen's page tables.");
        _console.MoveScreen((nint)mapped);
    }
}
