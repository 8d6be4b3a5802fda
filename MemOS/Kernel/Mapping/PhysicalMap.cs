using System.Runtime.CompilerServices;
using Cosmos.Core.Boot.Multiboot2;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Mapping;

/// <summary>
/// How the kernel reaches physical memory: the map of all RAM, and the records of the frames in
/// it. At first the boot loader's identity map serves, then the direct map at its random place.
/// </summary>
internal static unsafe class PhysicalMap
{
    /// <summary>Where physical address 0 is mapped.</summary>
    internal static byte* Base { get; private set; }

    /// <summary>A record a frame.</summary>
    internal static FrameInfo* Frames { get; private set; }

    /// <summary>A mark a frame, for audits.</summary>
    internal static FrameMark* Marks { get; private set; }

    /// <summary>A record a 2 MB group.</summary>
    internal static GroupInfo* Groups { get; private set; }

    /// <summary>The kernel half, through which rights in the direct map change.</summary>
    internal static PageTable<MachineMemory>? Kernel { get; private set; }

    /// <summary>The address space that the processor uses: what CR3 holds.</summary>
    internal static Frame ActiveRoot { get; set; }

    /// <summary>Reaches memory by the boot stub's identity map of the low 4 GB.</summary>
    /// <param name="frames">Zeroed room for a record a frame.</param>
    /// <param name="marks">Zeroed room for a mark a frame.</param>
    /// <param name="groups">Zeroed room for a record a group.</param>
    internal static void StartOnIdentityMap(
        PhysicalAddress frames, PhysicalAddress marks, PhysicalAddress groups)
    {
        Base = null;
        Frames = (FrameInfo*)frames.Value;
        Marks = (FrameMark*)marks.Value;
        Groups = (GroupInfo*)groups.Value;
    }

    /// <summary>Reaches memory by the direct map from now on.</summary>
    internal static void MoveTo(VirtualAddress directMap, PageTable<MachineMemory> kernel)
    {
        Frames = (FrameInfo*)((ulong)Frames + directMap.Value);
        Marks = (FrameMark*)((ulong)Marks + directMap.Value);
        Groups = (GroupInfo*)((ulong)Groups + directMap.Value);
        Base = (byte*)directMap.Value;
        Kernel = kernel;
    }

    /// <summary>Where a frame can be read, and written unless it is sealed.</summary>
    // Safe for frames of RAM: the direct map holds all of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* PointerTo(Frame frame) => Base + (frame.Number << 12);

    /// <summary>The frame that is shown at an address of the map.</summary>
    internal static Frame FrameAt(byte* start) => Frame.Of((ulong)(start - Base) >> 12);

    /// <summary>Where something is that the boot loader brought; it can be read.</summary>
    internal static byte* PointerTo(PhysicalRange range) => Base + range.Start;

    /// <summary>The page of the direct map that shows a frame.</summary>
    internal static Page PageOf(Frame frame) =>
        VirtualAddress.Create((ulong)PointerTo(frame)).Page;
}
