using System;

namespace Cosmos.Core.Boot.Multiboot2;

/// <summary>
/// What a multiboot2 boot loader tells (Multiboot2 specification 2.0, section 3). Reads in place
/// and allocates nothing, so it works before there is a heap.
/// </summary>
public readonly unsafe struct BootInformation
{
    private const uint TagHeaderBytes = 8;

    private readonly byte* _start;

    /// <summary>Views boot information.</summary>
    /// <param name="start">Where it is mapped; stays mapped as long as this is used.</param>
    public BootInformation(byte* start) => _start = start;

    /// <summary>Size of the whole block in bytes.</summary>
    public uint Size => *(uint*)_start;

    /// <summary>The memory map; empty when the loader gave none.</summary>
    public MemoryMap MemoryMap => new(Find(TagType.MemoryMap));

    /// <summary>The modules.</summary>
    public BootModules Modules => new(_start);

    /// <summary>The kernel's command line in UTF-8, without the kernel's name.</summary>
    public ReadOnlySpan<byte> CommandLine
    {
        get
        {
            byte* tag = Find(TagType.CommandLine);
            if (tag == null)
                return default;
            ReadOnlySpan<byte> text =
                new(tag + TagHeaderBytes, (int)(*(uint*)(tag + 4) - TagHeaderBytes));
            int end = text.IndexOf((byte)0);
            return end < 0 ? text : text[..end];
        }
    }

    /// <summary>
    /// The loader's copy of the ACPI root pointer (ACPI 6.5, section 5.2.5), newest version, or
    /// empty when there is none.
    /// </summary>
    public ReadOnlySpan<byte> RootSystemDescriptionPointer
    {
        get
        {
            byte* tag = Find(TagType.RsdpVersion2);
            if (tag == null)
                tag = Find(TagType.RsdpVersion1);
            return tag == null
                ? default
                : new(tag + TagHeaderBytes, (int)(*(uint*)(tag + 4) - TagHeaderBytes));
        }
    }

    /// <summary>Finds the screen.</summary>
    public bool TryGetFramebuffer(out FramebufferInfo framebuffer)
    {
        byte* tag = Find(TagType.Framebuffer);
        framebuffer = tag == null ? default : FramebufferInfo.Read(tag);
        return tag != null;
    }

    /// <summary>Finds the first module with a name.</summary>
    public bool TryGetModule(ReadOnlySpan<byte> name, out BootModule module)
    {
        foreach (BootModule candidate in Modules)
        {
            if (candidate.Name.SequenceEqual(name))
            {
                module = candidate;
                return true;
            }
        }
        module = default;
        return false;
    }

    private byte* Find(TagType type)
    {
        if (_start == null)
            return null;
        TagEnumerator tags = new(_start);
        return tags.MoveTo(type) ? tags.Current : null;
    }
}
