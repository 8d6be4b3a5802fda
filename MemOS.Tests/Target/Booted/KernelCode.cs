using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Cosmos.TestRunner.Engine.Tlb;

namespace MemOS.Tests.Target.Booted;

/// <summary>The kernel's code as it lies in memory.</summary>
internal static class KernelCode
{
    // Instructions that one routine of the kernel has, each by itself: WRPKRU, INVLPG [RDI],
    // SYSRETQ, LTR CX, CPUID before a move of four results, and RDRAND RDX.
    private static readonly byte[][] _marks =
    [
        [0x0F, 0x01, 0xEF], [0x0F, 0x01, 0x3F], [0x48, 0x0F, 0x07], [0x0F, 0x00, 0xD9],
        [0x0F, 0xA2, 0x41, 0x89, 0x00], [0x48, 0x0F, 0xC7, 0xF2],
    ];

    /// <summary>
    /// Where some routines of the kernel lie, in bytes from its code's beginning.
    /// </summary>
    public static IReadOnlyList<int> PlacesOfMarks(MemOsMachine memOs)
    {
        byte[] code = Read(memOs);
        return [.. _marks.Select(mark => code.AsSpan().IndexOf(mark))];
    }

    private static byte[] Read(MemOsMachine memOs)
    {
        TlbDump dump = MappedPages.Dump(memOs);
        int pages = dump.Entries.Count(
            e => e.IsKernelHalf() && e.Rights.HasFlag(TlbRights.Execute));
        string path = Path.GetTempFileName();
        try
        {
            ulong bytes = (ulong)pages * MappedPages.SmallPage;
            memOs.Monitor.Run(string.Create(CultureInfo.InvariantCulture,
                $"memsave 0x{MappedPages.ImageStart(dump):x} {bytes} \"{path}\""));
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
