using System;
using System.Runtime.CompilerServices;
using Cosmos.Core.Hardware;
using MemOS.Hardware;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Mapping;

/// <summary>The memory manager's seam to the machine (architecture decision D6).</summary>
/// <remarks>
/// The pointers are safe because the manager asks only for frames of RAM that it was given, all
/// of which the direct map shows, and for offsets within them.
/// </remarks>
internal readonly unsafe struct MachineMemory : IPhysicalMemory
{
    private const ulong GlobalPages = 1 << 7;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref ulong Entry(Frame table, int index) =>
        ref ((ulong*)PhysicalMap.PointerTo(table))[index];

    /// <inheritdoc/>
    public int NextEntry(Frame table, int from, int last)
    {
        const int Stride = 8;
        ulong* entries = (ulong*)PhysicalMap.PointerTo(table);
        int at = from;
        while (at <= last && at % Stride != 0 && entries[at] == 0)
            at++;
        if (at > last || at % Stride != 0)
            return at;
        // A stride that begins in the table ends there too.
        ulong* end = entries + last;
        ulong* next = entries + at;
        while (next <= end && (next[0] | next[1] | next[2] | next[3]
            | next[4] | next[5] | next[6] | next[7]) == 0)
            next += Stride;
        while (next <= end && *next == 0)
            next++;
        return (int)(next - entries);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref FrameInfo Info(Frame frame) => ref PhysicalMap.Frames[frame.Number];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref FrameMark Mark(Frame frame) => ref PhysicalMap.Marks[frame.Number];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref GroupInfo Group(FrameGroup group) => ref PhysicalMap.Groups[group.Number];

    /// <inheritdoc/>
    public void Zero(Frame frame, PageSize size) =>
        MachineCode.ZeroPages(PhysicalMap.PointerTo(frame), (ulong)size.Bytes());

    /// <inheritdoc/>
    public void Copy(Frame from, Frame to, PageSize size) =>
        MachineCode.CopyPages(
            PhysicalMap.PointerTo(to), PhysicalMap.PointerTo(from), (ulong)size.Bytes());

    /// <inheritdoc/>
    public void CopyOut(Frame frame, int offset, Span<byte> to) =>
        new ReadOnlySpan<byte>(PhysicalMap.PointerTo(frame), PageSizes.SmallBytes)
            .Slice(offset, to.Length).CopyTo(to);

    /// <inheritdoc/>
    public void CopyIn(Frame frame, int offset, ReadOnlySpan<byte> from) =>
        from.CopyTo(
            new Span<byte>(PhysicalMap.PointerTo(frame), PageSizes.SmallBytes)[offset..]);

    /// <inheritdoc/>
    public bool TrySeal(Frame frame, PageSize size)
    {
        PageRange pages = DirectMapOf(frame, size);
        if (!Kernel.TrySplitEdges(pages))
            return false;
        Kernel.Protect(pages, PageRights.Read);
        return true;
    }

    /// <inheritdoc/>
    public void Unseal(Frame frame, PageSize size) =>
        Kernel.Protect(DirectMapOf(frame, size), PageRights.ReadWrite);

    /// <inheritdoc/>
    // Without tags, a change of address space forgets user pages: none of another space is left.
    public void FlushPage(Frame root, Page page)
    {
        if (root == PhysicalMap.ActiveRoot || !page.IsUserHalf)
        {
            KeptTranslations.Forget(page);
            MachineCode.InvalidatePage(page.Start.Value);
        }
    }

    /// <inheritdoc/>
    public void FlushSpace(Frame root)
    {
        if (root != PhysicalMap.ActiveRoot)
            return;
        KeptTranslations.Forget();
        Instruction.WriteCr3(root.Start.Value);
    }

    /// <inheritdoc/>
    public void FlushAll()
    {
        KeptTranslations.Forget();
        ulong cr4 = Instruction.ReadCr4();
        if ((cr4 & GlobalPages) == 0)
        {
            Instruction.WriteCr3(Instruction.ReadCr3());
            return;
        }
        MachineCode.WriteCr4(cr4 & ~GlobalPages);
        MachineCode.WriteCr4(cr4);
    }

    private static PageTable<MachineMemory> Kernel
    {
        get
        {
            PageTable<MachineMemory>? kernel = PhysicalMap.Kernel;
            Ensure.That(kernel is not null, "frames are sealed once the direct map is there");
            return kernel;
        }
    }

    private static PageRange DirectMapOf(Frame frame, PageSize size) =>
        PageRange.Of(PhysicalMap.PageOf(frame), PageCount.Of(size.SmallPages()));
}
