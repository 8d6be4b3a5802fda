namespace Cosmos.Core.Boot.Multiboot2;

/// <summary>What a piece of the address space is; the values are those of ACPI.</summary>
public enum MemoryKind : uint
{
    /// <summary>Free for the kernel, but for what the loader put there.</summary>
    Available = 1,

    /// <summary>Not memory, or not ours.</summary>
    Reserved = 2,

    /// <summary>ACPI tables; free once they are read.</summary>
    AcpiReclaimable = 3,

    /// <summary>To be kept over hibernation.</summary>
    AcpiPermanent = 4,

    /// <summary>Broken.</summary>
    Defective = 5,
}

/// <summary>A line of the memory map.</summary>
/// <param name="Range">The piece; neither start nor length need be page-aligned.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct MemoryMapEntry(PhysicalRange Range, MemoryKind Kind);

/// <summary>The memory map; made for <c>foreach</c>, allocates nothing.</summary>
public readonly unsafe ref struct MemoryMap
{
    private readonly byte* _tag;

    internal MemoryMap(byte* tag) => _tag = tag;

    /// <summary>Starts at the first line.</summary>
    public Enumerator GetEnumerator() => new(_tag);

    /// <summary>Walks the lines in the loader's order.</summary>
    public ref struct Enumerator
    {
        private const uint FirstEntry = 16;

        private readonly byte* _end;
        private readonly uint _entryBytes;
        private byte* _next;

        internal Enumerator(byte* tag)
        {
            Current = default;
            if (tag == null)
                return;
            // The tag tells its entries' size, which may grow in later versions.
            _entryBytes = *(uint*)(tag + 8);
            _next = tag + FirstEntry;
            _end = tag + *(uint*)(tag + 4);
        }

        /// <summary>The line.</summary>
        public MemoryMapEntry Current { get; private set; }

        /// <summary>Goes to the next line.</summary>
        public bool MoveNext()
        {
            if (_next == null || _entryBytes == 0 || _next + _entryBytes > _end)
                return false;
            PhysicalRange range = new(*(ulong*)_next, *(ulong*)(_next + 8));
            Current = new MemoryMapEntry(range, *(MemoryKind*)(_next + 16));
            _next += _entryBytes;
            return true;
        }
    }
}
