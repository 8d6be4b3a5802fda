using System.Linq;
using IL2CPU.Elf;

namespace IL2CPU.Placement;

/// <summary>A part of a kernel's image that gets a place of its own at boot.</summary>
internal enum ImagePart
{
    /// <summary>Code, whose pieces change places too.</summary>
    Text,

    /// <summary>What is never written, unwind tables among it.</summary>
    Constants,

    /// <summary>What is written, and what is zero at first.</summary>
    Data,

    /// <summary>What is of no use after the boot: the stub, its table, headers.</summary>
    None,
}

/// <summary>Where the parts of a linked kernel lie, as the linker's script names them.</summary>
internal sealed class ImageParts(ElfFile image)
{
    /// <summary>Address of the first byte of code.</summary>
    internal ulong Text { get; } = Find(image, "__text_start");

    /// <summary>Address of the first constant.</summary>
    internal ulong Constants { get; } = Find(image, "__rodata_start");

    /// <summary>Address of the first byte that can be written.</summary>
    internal ulong Data { get; } = Find(image, "__data_start");

    /// <summary>Address just past the last byte.</summary>
    internal ulong End { get; } = Find(image, "__bss_end");

    /// <summary>The part that an address is in; the end of all is the data's.</summary>
    internal ImagePart Of(ulong address)
    {
        if (address < Text || address > End)
            return ImagePart.None;
        if (address < Constants)
            return ImagePart.Text;
        return address < Data ? ImagePart.Constants : ImagePart.Data;
    }

    private static ulong Find(ElfFile image, string symbol) =>
        image.Symbols.First(one => one.Name == symbol).Value;
}
