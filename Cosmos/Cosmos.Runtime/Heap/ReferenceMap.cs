using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>
/// Where an object's references are. In front of a type stands a count; if positive, of series of
/// adjacent references; if negative, of the parts that each element of an array consists of.
/// </summary>
internal static unsafe class ReferenceMap
{
    [StructLayout(LayoutKind.Sequential)]
    private struct Series
    {
        // Bytes, less those of the whole object, so that one map fits arrays of any length.
        internal nint Bytes;
        internal nint Offset;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        internal uint References;
        internal uint BytesBehind;
    }

    /// <summary>Marks all that an object refers to.</summary>
    internal static void MarkReferences(nint reference)
    {
        ObjectHeader* block = ObjectHeader.Of(reference);
        nint* count = (nint*)block->Type - 1;
        if (*count > 0)
            MarkSeries(reference, (Series*)count, (int)*count, UnroundedSize(block));
        else
            MarkElements(reference, count, block->Length);
    }

    private static nint UnroundedSize(ObjectHeader* block) =>
        (nint)(block->Type->BaseSize + ((nuint)block->Type->ComponentSize * block->Length));

    private static void MarkSeries(nint reference, Series* above, int count, nint size)
    {
        for (int i = 1; i <= count; i++)
        {
            Series* series = above - i;
            nint* slot = (nint*)(reference + series->Offset);
            nint* end = (nint*)((nint)slot + series->Bytes + size);
            for (; slot < end; slot++)
                Marker.Mark(*slot);
        }
    }

    private static void MarkElements(nint reference, nint* count, uint length)
    {
        nint parts = -*count;
        byte* at = (byte*)(reference + *(count - 1));
        Part* first = (Part*)(count - 2);
        for (uint element = 0; element < length; element++)
        {
            for (nint part = 0; part < parts; part++)
            {
                for (uint i = 0; i < first[-part].References; i++)
                {
                    Marker.Mark(*(nint*)at);
                    at += sizeof(nint);
                }
                at += first[-part].BytesBehind;
            }
        }
    }
}
