using System.Runtime;
using Cosmos.Runtime.Heap;

namespace Cosmos.Runtime.Loading;

/// <summary>
/// Services of CoreLib's type loader, which makes generic instantiations that the compiler could
/// not foresee (generic virtual methods need it).
/// </summary>
internal static unsafe class TypeLoading
{
#pragma warning disable IDE0044 // CoreLib writes it through the pointer that it asks for.
    private static nint _threadStaticStorage;
#pragma warning restore IDE0044

    /// <summary>Size in bytes of the description of references in front of a type.</summary>
    /// <remarks>
    /// The word before the type counts the series of references; negative for arrays of
    /// structures, whose items take one word each behind the first.
    /// </remarks>
    [RuntimeExport("RhGetGCDescSize")]
    private static int ReferenceMapSize(MethodTable* type)
    {
        const int WordBytes = 8;
        const int SeriesBytes = 16;
        if (!type->HasReferences)
            return 0;
        int series = (int)*((long*)type - 1);
        return series >= 0
            ? WordBytes + (series * SeriesBytes)
            : WordBytes + SeriesBytes + ((-series - 1) * WordBytes);
    }

    [RuntimeExport("RhGetCodeTarget")]
    private static byte* CodeTarget(byte* code) => UnboxingStub.TargetOf(code);

    [RuntimeExport("RhGetThreadStaticStorage")]
    private static nint* ThreadStaticStorage()
    {
        fixed (nint* storage = &_threadStaticStorage)
        {
            if (*storage == 0)
                Roots.Add(storage);
            return storage;
        }
    }

    [RuntimeExport("RhRegisterForGCReporting")]
    private static void RegisterForCollection(void* registration)
    {
        // Announces references in stack memory. A collection either scans the whole stack or
        // runs when it is empty, so nothing needs to be announced.
        _ = registration;
    }

    [RuntimeExport("RhUnregisterForGCReporting")]
    private static void UnregisterForCollection(void* registration) => _ = registration;
}
