using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Longest;

/// <summary>Much memory that is given, touched and given back.</summary>
internal static unsafe class MemoryAttacks
{
    private const uint Page = Memory.PageBytes;
    internal const uint LargePage = 2 << 20;

    // Too small for a large page.
    private const uint Piece = 1 << 20;

    internal static readonly Attack[] All =
    [
        new("free half of memory, in large pages", FreeLarge),
        new("free a quarter of memory, in small pages", FreeSmall),
        new("write to a large page that a copy has", CopyLarge),
        new("write to a large page that a copy has, with small ones free", CopyLargeInSmall),
        new("make a segment of large pages that a copy has", CaptureCopied),
        new("allocate more than there is", AskForAll),
    ];

    /// <summary>Bytes that are a share of what is free, in whole large pages.</summary>
    internal static nuint ShareOfFree(uint share) =>
        (nuint)(Machine.Memory.Free / share) & ~(nuint)(LargePage - 1);

    /// <summary>Writes to every so many-th byte.</summary>
    internal static void Touch(Address start, nuint bytes, uint step)
    {
        byte* memory = (byte*)start.Value;
        // Safe: the memory is ours.
        for (nuint offset = 0; offset < bytes; offset += step)
            memory[offset] = 1;
    }

    /// <summary>
    /// Memory in small pages, as there is no piece left that is free for a large one.
    /// </summary>
    internal static Pages AllocateSmall(nuint bytes)
    {
        Address[] pieces = FillWithSmall();
        for (int i = 0; i < pieces.Length; i += 2)
            Memory.Free(pieces[i], Piece);
        Pages pages = Memory.Allocate(bytes);
        Touch(pages.Start, bytes, Page);
        for (int i = 1; i < pieces.Length; i += 2)
            Memory.Free(pieces[i], Piece);
        return pages;
    }

    // All that is free.
    private static Address[] FillWithSmall()
    {
        Address[] pieces = new Address[(int)(ShareOfFree(1) / Piece)];
        int count = 0;
        while (count < pieces.Length && Memory.TryAllocate(
            Piece, MemoryRights.ReadWrite, ZeroFirst.Yes, out pieces[count])
            == ErrorCode.None)
        {
            Touch(pieces[count], Piece, Page);
            count++;
        }
        return pieces[..count];
    }

    private static void FreeLarge()
    {
        using Pages pages = Memory.Allocate(ShareOfFree(2));
        Touch(pages.Start, pages.Bytes, LargePage);
    }

    private static void FreeSmall() => AllocateSmall(ShareOfFree(4)).Dispose();

    private static void CopyLarge() =>
        ChangeCopied(static pages => Touch(pages.Start, pages.Bytes, LargePage));

    private static void CopyLargeInSmall() => ChangeCopied(static pages =>
    {
        Address[] pieces = FillWithSmall();
        foreach (Address piece in pieces)
            Memory.Free(new Address(piece.Value + Page), Piece - Page);
        Touch(pages.Start, pages.Bytes, LargePage);
        foreach (Address piece in pieces)
            Memory.Free(piece, Page);
    });

    private static void CaptureCopied() =>
        ChangeCopied(static pages => Segment.Capture(pages).Dispose());

    // Does something with large pages that a copy has as well.
    internal static void ChangeCopied(Action<Pages> change)
    {
        using Pages pages = Memory.Allocate(2 * LargePage);
        Touch(pages.Start, pages.Bytes, LargePage);
        ProcessId child = Children.Copy(static () => { });
        change(pages);
        Process.Kill(child);
    }

    private static void AskForAll()
    {
        for (int bits = 62; bits > 12; bits--)
        {
            ErrorCode error = Memory.TryAllocate(
                (nuint)1 << bits, MemoryRights.ReadWrite, ZeroFirst.Yes, out Address start);
            if (error == ErrorCode.None)
                Memory.Free(start, (nuint)1 << bits);
        }
    }
}
