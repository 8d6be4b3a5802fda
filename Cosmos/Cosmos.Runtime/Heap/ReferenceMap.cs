using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>What is done with the references that an object holds.</summary>
internal interface IReferenceVisitor
{
    /// <summary>Called for each of them; zero is no object.</summary>
    static abstract void Visit(nint reference);
}

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

    /// <summary>Visits what an object refers to.</summary>
    internal static void Visit<TVisitor>(nint reference)
        where TVisitor : struct, IReferenceVisitor =>
        Visit<TVisitor>(reference, 0, ObjectHeader.BytesBehindReference(reference));

    /// <summary>
    /// Visits what a part of an object refers to. An element of an array that begins before the
    /// part and ends in it is visited whole; one that ends behind it may be.
    /// </summary>
    /// <param name="reference">An object whose type has references.</param>
    /// <param name="from">Where the part begins, in bytes from the object's address.</param>
    /// <param name="to">Where it ends.</param>
    internal static void Visit<TVisitor>(nint reference, nint from, nint to)
        where TVisitor : struct, IReferenceVisitor
    {
        ObjectHeader* block = ObjectHeader.Of(reference);
        nint* count = (nint*)block->Type - 1;
        if (*count > 0)
            VisitSeries<TVisitor>(block, (Series*)count, (int)*count, from, to);
        else
            VisitElements<TVisitor>(block, count, from, to);
    }

    private static void VisitSeries<TVisitor>(
        ObjectHeader* block, Series* above, int count, nint from, nint to)
        where TVisitor : struct, IReferenceVisitor
    {
        nint reference = ObjectHeader.Reference(block);
        nint size = UnroundedSize(block);
        for (int i = 1; i <= count; i++)
        {
            Series* series = above - i;
            nint first = series->Offset;
            nint behind = first + series->Bytes + size;
            nint* slot = (nint*)(reference + (first > from ? first : from));
            nint* end = (nint*)(reference + (behind < to ? behind : to));
            for (; slot < end; slot++)
                TVisitor.Visit(*slot);
        }
    }

    private static void VisitElements<TVisitor>(
        ObjectHeader* block, nint* count, nint from, nint to)
        where TVisitor : struct, IReferenceVisitor
    {
        nint parts = -*count;
        Part* first = (Part*)(count - 2);
        nint stride = (nint)block->Type->ComponentSize;
        // The first element begins where an array without elements would end.
        nint start = (nint)block->Type->BaseSize - ObjectHeader.Size;
        nint element = from > start ? (from - start) / stride : 0;
        nint behind = to > start ? (to - start + stride - 1) / stride : 0;
        if (behind > (nint)block->Length)
            behind = (nint)block->Length;
        byte* at = (byte*)(ObjectHeader.Reference(block) + *(count - 1) + (element * stride));
        for (; element < behind; element++)
        {
            for (nint part = 0; part < parts; part++)
            {
                for (uint i = 0; i < first[-part].References; i++)
                {
                    TVisitor.Visit(*(nint*)at);
                    at += sizeof(nint);
                }
                at += first[-part].BytesBehind;
            }
        }
    }

    private static nint UnroundedSize(ObjectHeader* block) =>
        (nint)(block->Type->BaseSize + ((nuint)block->Type->ComponentSize * block->Length));
}
