using System;
using Cosmos.Core.Boot;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Panics;
using Cosmos.System.Screens;
using MemOS.Abi;
using MemOS.Consoles;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Paging;
using MemOS.Processes;
using KernelLog = MemOS.Consoles.KernelLog;

namespace MemOS.Devices;

/// <summary>The one console of the machine: where text goes and keys come from.</summary>
internal static unsafe class SystemConsole
{
    // Instructions for a byte of text: on the serial line, and on the screen with its share of
    // scrolling.
    private const ulong ByteCost = 300;

    private static KernelConsole? _console;
    private static ConsoleInput? _input;
    private static bool _isRoomAwaited;

    /// <summary>What is typed.</summary>
    internal static ConsoleInput Input => _input!;

    /// <summary>Whether there is more to draw of what was begun to be drawn.</summary>
    internal static bool IsDrawing { get; private set; }

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
                PhysicalMap.PointerTo(symbols.Range), (int)symbols.Range.Length);
        }
    }

    /// <summary>From now on the screen is drawn by <see cref="RefreshPart"/>.</summary>
    internal static void DrawOnRefresh() => _console!.Drawing = ScreenDrawing.OnRefresh;

    /// <summary>Shows UTF-8 text with escape sequences.</summary>
    internal static void Write(ReadOnlySpan<byte> utf8) => _console!.Write(utf8);

    /// <summary>Draws and sends all that was written: the machine goes off.</summary>
    internal static void Flush() => _console!.Flush();

    /// <summary>
    /// Lets keys in, and has the serial line send what is written at its own pace.
    /// </summary>
    internal static void Start()
    {
        _input!.Start();
        _console!.QueueForLine();
    }

    /// <summary>
    /// Whether a text of that many bytes can be written now. If not, who waits for
    /// <see cref="KernelWords.OfLine"/> is woken when it can be.
    /// </summary>
    internal static bool HasRoom(ulong bytes)
    {
        bool hasRoom = _console!.HasRoom(bytes);
        _isRoomAwaited |= !hasRoom;
        return hasRoom;
    }

    /// <summary>Sends more of what waits for the line, and wakes who waits for room.</summary>
    internal static void ContinueLine()
    {
        _console!.ContinueLine();
        if (!_isRoomAwaited || !_console.HasRoom(SyscallConvention.LongestBuffer))
            return;
        _isRoomAwaited = false;
        WordWaits.WakeAll(KernelWords.OfLine, WordWakeup.StartOver);
    }

    /// <summary>
    /// Draws a part of what was written since the last time, as much as one entry into the kernel
    /// has time for.
    /// </summary>
    internal static void RefreshPart(ScreenPart part) =>
        IsDrawing = !_console!.RefreshPart((int)part);

    /// <summary>
    /// Writes as much of a text as one entry into the kernel has time for.
    /// </summary>
    /// <param name="utf8">The text; not empty.</param>
    /// <param name="budget">What may be done now.</param>
    /// <returns>How many bytes were written.</returns>
    internal static int WritePart(ReadOnlySpan<byte> utf8, ref WorkBudget budget)
    {
        int length = 0;
        TextScreen? screen = _console!.Screen;
        uint cells = screen is null ? 0 : (uint)(screen.Columns * screen.Rows);
        while (length < utf8.Length && !budget.IsSpent)
        {
            // What erases the screen ends so, or is no sequence at all.
            bool mayErase = utf8[length] is (byte)'J' or (byte)'c'
                && (length == 0 || utf8[length - 1] is <= (byte)';' or (byte)'[');
            budget.Spend(mayErase ? cells : ByteCost);
            length++;
        }
        length = ToEndOfRow(utf8, length);
        _console.Write(utf8[..length]);
        return length;
    }

    // What others write comes between rows, and so in no escape sequence, unless a row is long.
    private static int ToEndOfRow(ReadOnlySpan<byte> utf8, int length)
    {
        int row = length == utf8.Length ? 0 : utf8[..length].LastIndexOf((byte)'\n') + 1;
        return row == 0 ? length : row;
    }

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
