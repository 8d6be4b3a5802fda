using System;
using System.Buffers;
using System.Text.Unicode;
using Cosmos.Core.Boot;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Devices;
using Cosmos.Core.Memory;
using Cosmos.Core.Panics;
using Cosmos.Core.Time;
using Cosmos.System.Screens;
using Cosmos.System.Terminals;

namespace MemOS.Consoles;

/// <summary>
/// What the kernel and programs write to: the first serial line and, if there is one that can be
/// drawn on, the screen. Both get the same text; writing allocates nothing.
/// </summary>
/// <remarks>
/// The screen shows text as <see cref="Drawing"/> says. The line sends it at its own pace once
/// <see cref="QueueForLine"/> was called, until then while who writes waits; see
/// <see cref="TransmitQueue{TLine}"/> for a line that nobody reads.
/// </remarks>
public sealed unsafe class KernelConsole : ILogMirror
{
    private const int ChunkBytes = 256;

    // Twice the longest text of one system call and, above that, what the kernel's own messages
    // can always use.
    private const int QueueBytes = 160 * 1024;
    private const int ReservedBytes = 32 * 1024;

    private readonly bool _hasLine;
    private readonly ScreenSurface? _surface;
    private readonly EscapeScreen? _terminal;
    private TransmitQueue<SerialPort>? _queue;
    private bool _isSentAwaited;

    private KernelConsole(TextScreen? screen)
    {
        Line = new SerialPort(SerialPort.Com1);
        _hasLine = Line.TryOpen();
        if (screen is null)
            return;
        Screen = screen;
        _surface = new ScreenSurface(screen);
        _terminal = new EscapeScreen(_surface);
        // A panic writes to the serial line by itself.
        Panic.Screen = new Terminal(screen, null);
    }

    /// <summary>The serial line.</summary>
    public SerialPort Line { get; }

    /// <summary>The screen; null if there is none.</summary>
    public TextScreen? Screen { get; }

    /// <summary>When the screen is drawn.</summary>
    public ScreenDrawing Drawing
    {
        get => _surface?.Drawing ?? ScreenDrawing.AtOnce;
        set
        {
            if (_surface is null)
                return;
            _surface.Drawing = value;
            _surface.Refresh();
        }
    }

    /// <summary>
    /// Opens the serial line and the screen that the boot loader left, through the boot stub's
    /// identity map. Before that map goes away the kernel calls <see cref="MoveScreen"/>.
    /// </summary>
    public static KernelConsole Open()
    {
        if (!BootInfo.Information.TryGetFramebuffer(out FramebufferInfo info))
            return Open(default, 0, default);
        PhysicalRange range = new(info.Address, (ulong)info.Pitch * info.Height);
        return IdentityMap.CoverDevice(range)
            ? Open(info, (nint)info.Address, BootInfo.Module("font"u8))
            : Open(default, 0, default);
    }

    /// <summary>Opens the serial line, and the screen if it is one to draw on.</summary>
    /// <param name="info">The screen as the boot loader describes it.</param>
    /// <param name="mappedAt">
    /// Where its memory is mapped, pitch times height bytes; 0 for no screen.
    /// </param>
    /// <param name="font">
    /// A font in GRUB's PF2 format, for a screen of pixels; it is copied. Without one only a
    /// screen in text mode is used.
    /// </param>
    public static KernelConsole Open(
        in FramebufferInfo info, nint mappedAt, ReadOnlySpan<byte> font)
    {
        if (mappedAt == 0)
            return new KernelConsole(null);
        // Safe: the caller has mapped the whole screen there.
        if (info.Kind == FramebufferKind.Text)
            return new KernelConsole(
                new VgaTextScreen((ushort*)mappedAt, (int)info.Width, (int)info.Height));
        Pf2Font? loaded = FramebufferScreen.CanDrive(info) ? Pf2Font.TryLoad(font) : null;
        return new KernelConsole(loaded is null
            ? null
            : new FramebufferScreen((byte*)mappedAt, info, loaded));
    }

    /// <summary>
    /// Says that the screen's memory is now mapped elsewhere; what it shows stays.
    /// </summary>
    /// <param name="mappedAt">Where, pitch times height bytes.</param>
    public void MoveScreen(nint mappedAt) => Screen?.Remap(mappedAt);

    /// <summary>Shows UTF-8 text with escape sequences; any bytes are allowed.</summary>
    public void Write(ReadOnlySpan<byte> utf8)
    {
        if (_queue is not null)
        {
            _queue.Write(utf8, Clock.Ticks());
            AwaitSent();
        }
        else if (_hasLine)
        {
            Line.Send(utf8);
        }
        _terminal?.Write(utf8);
    }

    /// <summary>
    /// From now on what the line does not take at once waits for <see cref="ContinueLine"/>, which
    /// the line's interrupt calls, and now and then another one.
    /// </summary>
    public void QueueForLine()
    {
        if (!_hasLine)
            return;
        _queue = new TransmitQueue<SerialPort>(Line, QueueBytes);
        Panic.Pending = _queue;
    }

    /// <summary>
    /// Whether a text can be written without losing any of it, other than by nobody reading it.
    /// </summary>
    /// <param name="bytes">Its length; at most that of a system call's buffer.</param>
    public bool HasRoom(ulong bytes) => _queue is null
        || bytes + ReservedBytes <= (ulong)_queue.Room || _queue.IsUnread(Clock.Ticks());

    /// <summary>Sends more of what waits for the line.</summary>
    public void ContinueLine()
    {
        if (_queue is null || _queue.IsEmpty)
            return;
        _queue.Continue(Clock.Ticks());
        AwaitSent();
    }

    /// <summary>Shows and sends all that was written, before the machine goes off.</summary>
    public void Flush()
    {
        Refresh();
        if (!_hasLine)
            return;
        _queue?.Flush();
        Line.AwaitIdle();
    }

    /// <summary>Shows text; a surrogate without its partner becomes U+FFFD.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[ChunkBytes];
        OperationStatus status = OperationStatus.DestinationTooSmall;
        while (status == OperationStatus.DestinationTooSmall)
        {
            status = Utf8.FromUtf16(text, bytes, out int read, out int written);
            Write(bytes[..written]);
            text = text[read..];
        }
    }

    /// <summary>Draws what was written under <see cref="ScreenDrawing.OnRefresh"/>.</summary>
    public void Refresh() => _surface?.Refresh();

    /// <summary>Draws a part of it.</summary>
    /// <param name="cells">How many cells at most.</param>
    /// <returns>Whether all is drawn.</returns>
    public bool RefreshPart(int cells) => _surface?.RefreshPart(cells) ?? true;

    // The line interrupts when it is ready only while something waits for that.
    private void AwaitSent()
    {
        bool isAwaited = !_queue!.IsEmpty;
        if (isAwaited == _isSentAwaited)
            return;
        _isSentAwaited = isAwaited;
        Line.Enable(isAwaited
            ? SerialInterrupts.Received | SerialInterrupts.Sent
            : SerialInterrupts.Received);
    }
}
