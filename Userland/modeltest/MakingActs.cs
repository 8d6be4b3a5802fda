using MemOS.Abi;
using MemOS.Modeltest.Model;

namespace MemOS.Modeltest;

/// <summary>The same for segments of devices, and for those that processes serve.</summary>
internal static class MakingActs
{
    private const ulong Page = World.Page;
    private const ulong FewPages = 24;
    private const ulong ManyPages = 600;

    private static readonly BackingMode[] _modes =
    [
        BackingMode.Pages, BackingMode.Pages, BackingMode.CopyOnWrite, BackingMode.Accesses,
    ];

    internal static void CaptureDevice(World world, ModelProcess process, Step step)
    {
        ulong page = (ulong)step.B % VideoMemory.Pages;
        ulong pages = 1 + ((ulong)step.C % (VideoMemory.Pages - page));
        ulong place = step.B / 64 % 3 == 0 ? SegmentActs.Wish(process, step) * Page : 0;
        DeviceWish wish = new(
            VideoMemory.Device?.Id.Value ?? 0, (VideoMemory.FirstPage + page) * Page,
            pages * Page, place);
        // Now and then what nobody gets.
        wish = (step.C % 41) switch
        {
            1 => wish with { Device = wish.Device + 1 },
            2 => wish with { Start = wish.Start + 8 },
            3 => wish with { Bytes = wish.Bytes + 8 },
            4 => wish with { Bytes = 0 },
            5 => wish with { Start = 1ul << 40 },
            6 => wish with { Bytes = 1ul << 40 },
            7 => wish with { Place = (1ul << 63) + Page },
            8 => wish with { Place = Page },
            9 => wish with { Place = wish.Place + 16 },
            _ => wish,
        };
        world.CaptureDevice(process, wish);
    }

    internal static void Back(World world, ModelProcess process, Step step)
    {
        ulong pages = step.B / 4 % 16 == 0 ? ManyPages : 1 + ((ulong)step.C % FewPages);
        BackingMode mode = _modes[step.B % _modes.Length];
        ulong bytes = pages * Page;
        switch (step.C % 43)
        {
            case 1:
                bytes = 0;
                break;
            case 2:
                bytes += 8;
                break;
            case 3:
                bytes = 1ul << 58;
                break;
            case 4:
                mode = (BackingMode)(step.B % 256);
                break;
            default:
                break;
        }
        world.Back(process, bytes, mode);
    }
}
