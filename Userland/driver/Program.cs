using System;
using System.Linq;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Driver;

/// <summary>Draws on the screen from ring 3, if it may drive it; children that may not are
/// refused.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        Device? screen = Device.List().FirstOrDefault(one => one.Screen is not null);
        if (screen is null)
        {
            Console.WriteLine("This machine has no screen to draw on.");
            return new Verdict("driver").Print();
        }
        if (args.Length != 0)
            return Try(screen).Run(args);
        string failure = Draw(screen);
        return Try(screen).Run(args, verdict =>
        {
            if (failure.Length != 0)
                verdict.Fail(failure);
        });
    }

    // What a child does that was started without the right to any device.
    private static Attempts Try(Device screen) => new("driver")
    {
        { "draw without the right to", ErrorCode.NotDrivable,
            () => Segment.TryOfDevice(screen.Id, 0, Memory.PageBytes, out _) },
        { "drive what does not exist", ErrorCode.UnknownDevice,
            () => Segment.TryOfDevice(new(screen.Id.Value + 1), 0, Memory.PageBytes, out _) },
        { "pass on what it has not", ErrorCode.ForeignDevice,
            () => Process.TrySpawn("hello", [], out _, Process.OwnPriority, screen.Id) },
    };

    private static string Draw(Device screen)
    {
        if (!screen.IsDrivable)
            return "it may not drive the screen; \"drive driver\" lets it";
        ScreenFormat format = screen.Screen!;
        nuint bytes = (nuint)screen.MemoryBytes;
        using Segment segment = Segment.OfDevice(screen.Id, 0, bytes);
        using Mapping mapping = segment.Map();
        Console.WriteLine(
            $"screen {Palette.Quiet(screen.Id.ToString())}: {format.Width} x {format.Height}, "
            + $"{format.BitsPerPixel} bits a pixel");
        Console.WriteLine(
            $"{Sizes.Of(bytes)} of its memory at {mapping.Start}, stores gathered");
        // Never to be run, and nothing beyond it.
        if (segment.TryMap(0, Memory.PageBytes, MappingRights.Execute, out _)
            != ErrorCode.NotPermitted)
            return "the screen's memory can be run";
        if (Segment.TryOfDevice(screen.Id, bytes, Memory.PageBytes, out _)
            != ErrorCode.BeyondDevice)
            return "it got memory beyond the screen's";
        if (format.BitsPerPixel != 32)
        {
            Console.WriteLine("Pixels of another size are not drawn.\n");
            return "";
        }
        int wrong = Ball.Draw(mapping, format);
        Console.WriteLine("A ball was drawn at the upper right, and read back.\n");
        return wrong == 0 ? "" : $"{wrong} pixels were not as they were drawn";
    }
}
