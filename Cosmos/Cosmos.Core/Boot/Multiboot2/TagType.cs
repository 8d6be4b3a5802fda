namespace Cosmos.Core.Boot.Multiboot2;

/// <summary>Kinds of boot information (Multiboot2 specification 2.0, section 3.6).</summary>
internal enum TagType : uint
{
    End = 0,
    CommandLine = 1,
    Module = 3,
    MemoryMap = 6,
    Framebuffer = 8,
    RsdpVersion1 = 14,
    RsdpVersion2 = 15,
}
