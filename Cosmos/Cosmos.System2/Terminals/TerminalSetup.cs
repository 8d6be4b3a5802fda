using Cosmos.Core.Boot;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Devices;
using Cosmos.Core.Memory;
using Cosmos.Core.Panics;
using Cosmos.System.Screens;

namespace Cosmos.System.Terminals;

/// <summary>Makes the terminal of a plain kernel from what the boot loader left.</summary>
internal static unsafe class TerminalSetup
{
    /// <summary>Makes the terminal of COM1 and of the screen, if it can be drawn on.</summary>
    internal static void Run()
    {
        SerialPort port = new(SerialPort.Com1);
        SerialLine? line = port.TryOpen() ? new SerialLine(port) : null;
        TextScreen? screen = FindScreen();
        Terminal.Active = new Terminal(screen, line);
        // A panic writes to COM1 by itself.
        Panic.Screen = screen != null ? new Terminal(screen, null) : null;
    }

    private static TextScreen? FindScreen()
    {
        if (!BootInfo.Information.TryGetFramebuffer(out FramebufferInfo info))
            return null;
        PhysicalRange range = new(info.Address, (ulong)info.Pitch * info.Height);
        if (!IdentityMap.CoverDevice(range))
            return null;
        // Safe: the range has just been mapped at its own address.
        if (info.Kind == FramebufferKind.Text)
            return new VgaTextScreen((ushort*)info.Address, (int)info.Width, (int)info.Height);
        Pf2Font? font = Pf2Font.TryLoad(BootInfo.Module("font"u8));
        return font != null && FramebufferScreen.CanDrive(info)
            ? new FramebufferScreen((byte*)info.Address, info, font)
            : null;
    }
}
