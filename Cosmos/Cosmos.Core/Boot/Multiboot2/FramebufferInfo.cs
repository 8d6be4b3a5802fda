namespace Cosmos.Core.Boot.Multiboot2;

/// <summary>What the screen's memory holds.</summary>
public enum FramebufferKind : byte
{
    /// <summary>Indexes into a palette.</summary>
    Indexed = 0,

    /// <summary>Colours.</summary>
    DirectColour = 1,

    /// <summary>Characters with attributes, as on the EGA.</summary>
    Text = 2,
}

/// <summary>One colour's bits in a pixel.</summary>
/// <param name="Position">The lowest bit.</param>
/// <param name="Size">How many bits.</param>
public readonly record struct ColourField(byte Position, byte Size);

/// <summary>The screen as the boot loader left it.</summary>
public readonly record struct FramebufferInfo
{
    /// <summary>Physical address of the first pixel or character.</summary>
    public ulong Address { get; init; }

    /// <summary>Bytes from one row to the next.</summary>
    public uint Pitch { get; init; }

    /// <summary>In pixels, or characters.</summary>
    public uint Width { get; init; }

    /// <summary>In pixels, or characters.</summary>
    public uint Height { get; init; }

    /// <summary>Bits of a pixel.</summary>
    public byte BitsPerPixel { get; init; }

    /// <summary>What the memory holds.</summary>
    public FramebufferKind Kind { get; init; }

    /// <summary>Where in a pixel of a direct colour screen the red is.</summary>
    public ColourField Red { get; init; }

    /// <summary>Where the green is.</summary>
    public ColourField Green { get; init; }

    /// <summary>Where the blue is.</summary>
    public ColourField Blue { get; init; }

    internal static unsafe FramebufferInfo Read(byte* tag) => new()
    {
        Address = *(ulong*)(tag + 8),
        Pitch = *(uint*)(tag + 16),
        Width = *(uint*)(tag + 20),
        Height = *(uint*)(tag + 24),
        BitsPerPixel = tag[28],
        Kind = (FramebufferKind)tag[29],
        Red = new ColourField(tag[32], tag[33]),
        Green = new ColourField(tag[34], tag[35]),
        Blue = new ColourField(tag[36], tag[37]),
    };
}
