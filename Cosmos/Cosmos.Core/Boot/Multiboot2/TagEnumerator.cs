namespace Cosmos.Core.Boot.Multiboot2;

/// <summary>Walks the tags of the boot information; each starts with its type and size.</summary>
internal unsafe ref struct TagEnumerator
{
    private const uint HeaderBytes = 8;
    private const uint Alignment = 8;

    private readonly byte* _end;
    private byte* _next;

    internal TagEnumerator(byte* information)
    {
        // The block starts with its total size and a reserved word.
        _end = information + *(uint*)information;
        _next = information + HeaderBytes;
        Current = null;
    }

    /// <summary>The tag's header; what belongs to the tag follows.</summary>
    internal byte* Current { get; private set; }

    internal readonly TagType Type => *(TagType*)Current;

    internal readonly uint Size => *(uint*)(Current + 4);

    /// <summary>Goes to the next tag of a type.</summary>
    internal bool MoveTo(TagType type)
    {
        while (_next + HeaderBytes <= _end)
        {
            Current = _next;
            if (Type == TagType.End || Size < HeaderBytes || Current + Size > _end)
                break;
            _next += (Size + Alignment - 1) & ~(Alignment - 1);
            if (Type == type)
                return true;
        }
        _next = _end;
        return false;
    }
}
