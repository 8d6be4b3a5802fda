using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>A type as ILC lays it out; only what an allocator and a collector read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct MethodTable
{
    private const uint ComponentSizeMask = 0xFFFF;
    private const uint HasFinalizerFlag = 0x0010_0000;
    private const uint HasReferencesFlag = 0x0100_0000;
    private const uint HasComponentSizeFlag = 0x8000_0000;

    private readonly uint _flags;
    private readonly uint _baseSize;

    /// <summary>Bytes of an object without its elements, the header in front included.</summary>
    internal uint BaseSize => _baseSize;

    /// <summary>Bytes of an element; 0 for types without elements.</summary>
    internal uint ComponentSize =>
        (_flags & HasComponentSizeFlag) != 0 ? _flags & ComponentSizeMask : 0;

    /// <summary>Whether objects hold references.</summary>
    internal bool HasReferences => (_flags & HasReferencesFlag) != 0;

    /// <summary>Whether objects have a finaliser.</summary>
    internal bool HasFinalizer => (_flags & HasFinalizerFlag) != 0;
}
