using System.Runtime.CompilerServices;
using IL2CPU.API.Attribs;

namespace Cosmos.Runtime.Loading;

/// <summary>
/// Replaces CoreLib's heap of objects that are never freed, which reserves megabytes of address
/// space ahead. It holds the objects behind <c>typeof</c>; they have no references to other
/// objects, so the collector need not know them.
/// </summary>
[Plug("Internal.Runtime.FrozenObjectHeapManager, System.Private.CoreLib")]
public static unsafe class TypeObjects
{
    private const int HeaderBytes = 8;

    /// <summary>Makes an object, or returns null to have it made in the ordinary heap.</summary>
    public static object? TryAllocateObject(object aThis, void* type, nuint objectSize)
    {
        _ = aThis;
        byte* memory = Arena.Take(objectSize);
        if (memory == null)
            return null;
        nint address = (nint)(memory + HeaderBytes);
        *(void**)address = type;
        return Unsafe.As<nint, object>(ref address);
    }
}
