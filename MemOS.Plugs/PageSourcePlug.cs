using Cosmos.Core.Memory;
using IL2CPU.API.Attribs;
using MemOS.Mapping;

namespace MemOS.Plugs;

/// <summary>
/// Puts the virtual memory manager under the default heap: once the kernel's window is open, every
/// <c>new</c> in the kernel lives on pages of its own.
/// </summary>
[Plug(typeof(PageSource))]
public static unsafe class PageSourcePlug
{
    /// <summary>Pages of the window or, before there is one, of the image.</summary>
    public static byte* Allocate(nuint bytes)
    {
        if (!HeapWindow.IsOpen)
            return EarlyRegion.Allocate(bytes);
        HeapCollection.KeepUp();
        return HeapWindow.Allocate(bytes);
    }

    /// <summary>Gives them back to where they came from.</summary>
    public static void Free(byte* start, nuint bytes)
    {
        if (EarlyRegion.Contains(start))
            EarlyRegion.Free(start, bytes);
        else
            HeapWindow.Free(start, bytes);
    }
}
