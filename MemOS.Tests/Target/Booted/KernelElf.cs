using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MemOS.Tests.Target.Booted;

/// <summary>A part of the kernel's image that is loaded.</summary>
/// <param name="Offset">Where it begins, from the image's start; a whole page.</param>
/// <param name="Pages">Its pages of 4 KB.</param>
/// <param name="IsWritable">Whether it may be written.</param>
/// <param name="IsExecutable">Whether it may be executed.</param>
internal sealed record KernelSegment(
    ulong Offset, ulong Pages, bool IsWritable, bool IsExecutable)
{
    /// <summary>Whether it is the boot stub, which is gone once the kernel runs.</summary>
    public bool IsStub => Offset == 0;
}

/// <summary>The kernel as the linker left it: <c>image.elf</c> (ELF-64, figures 3 and 6).</summary>
internal static class KernelElf
{
    private const ulong PageBytes = 4096;
    private const uint Load = 1;
    private const uint Execute = 1;
    private const uint Write = 2;

    /// <summary>Its loaded segments, in the order of addresses.</summary>
    public static IReadOnlyList<KernelSegment> Segments()
    {
        byte[] file = File.ReadAllBytes(Newest());
        ReadOnlySpan<byte> header = file;
        int table = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(header[32..]));
        int size = BinaryPrimitives.ReadUInt16LittleEndian(header[54..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header[56..]);
        return [.. Enumerable.Range(0, count)
            .Select(i => file.AsMemory(table + i * size, size))
            .Where(one => BinaryPrimitives.ReadUInt32LittleEndian(one.Span) == Load)
            .Select(one => Segment(one.Span))
            .OrderBy(one => one.Offset)];
    }

    private static KernelSegment Segment(ReadOnlySpan<byte> entry)
    {
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        ulong address = BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]);
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(entry[40..]);
        return new KernelSegment(
            address / PageBytes * PageBytes,
            (address % PageBytes + bytes + PageBytes - 1) / PageBytes,
            (flags & Write) != 0, (flags & Execute) != 0);
    }

    private static string Newest() =>
        Directory.GetFiles(
            Path.Combine(Repository.Root, "iso", "obj"), "image.elf", SearchOption.AllDirectories)
            .MaxBy(File.GetLastWriteTimeUtc)
        ?? throw new FileNotFoundException("not built: run 'dotnet build MemOS.sln'");
}
