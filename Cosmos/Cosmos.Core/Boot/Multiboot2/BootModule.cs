using System;

namespace Cosmos.Core.Boot.Multiboot2;

/// <summary>A file that the boot loader put into memory beside the kernel.</summary>
public readonly unsafe ref struct BootModule
{
    private const uint TextOffset = 16;

    internal BootModule(byte* tag)
    {
        uint start = *(uint*)(tag + 8);
        Range = new PhysicalRange(start, *(uint*)(tag + 12) - start);
        ReadOnlySpan<byte> text = new(tag + TextOffset, (int)(*(uint*)(tag + 4) - TextOffset));
        int end = text.IndexOf((byte)0);
        Name = end < 0 ? text : text[..end];
    }

    /// <summary>Where it lies; page-aligned at its start.</summary>
    public PhysicalRange Range { get; }

    /// <summary>The words behind the file's name in grub.cfg, in UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; }
}

/// <summary>All modules; made for <c>foreach</c>, allocates nothing.</summary>
public readonly unsafe ref struct BootModules
{
    private readonly byte* _information;

    internal BootModules(byte* information) => _information = information;

    /// <summary>Starts at the first module.</summary>
    public Enumerator GetEnumerator() => new(_information);

    /// <summary>Walks the modules in the loader's order.</summary>
    public ref struct Enumerator
    {
        private TagEnumerator _tags;

        internal Enumerator(byte* information) => _tags = new TagEnumerator(information);

        /// <summary>The module.</summary>
        public readonly BootModule Current => new(_tags.Current);

        /// <summary>Goes to the next module.</summary>
        public bool MoveNext() => _tags.MoveTo(TagType.Module);
    }
}
