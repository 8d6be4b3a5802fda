using System;
using System.Collections.Generic;
using System.Linq;
using Cosmos.TestRunner.Engine.Tlb;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>The page tables as the processor sees them, from outside the system.</summary>
public sealed class WriteXorExecuteTests
{
    private const ulong SmallPage = 4096;

    [Fact]
    public void No_page_is_writable_and_executable()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("write xor execute");
        TlbDump dump = TlbDump.Parse(memOs.Monitor.Run("info tlb"));

        Assert.True(dump.Entries.Count > 100, "the kernel alone has that many pages");
        Assert.Contains(dump.Entries, e => e.Rights.HasFlag(TlbRights.Execute));
        Assert.Empty(dump.WritableAndExecutable);
    }

    [Fact]
    public void No_executable_page_can_be_written_through_another_address()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("aliases");
        TlbDump dump = TlbDump.Parse(memOs.Monitor.Run("info tlb"));

        HashSet<ulong> executable = [.. dump.Entries
            .Where(e => e.Rights.HasFlag(TlbRights.Execute))
            .Select(e => e.Physical.Value)];
        Assert.NotEmpty(executable);
        Assert.DoesNotContain(dump.Entries, e => e.Rights.HasFlag(TlbRights.Write)
            && Covered(e).Any(executable.Contains));
    }

    // A large page covers 512 small ones at least; its physical address is aligned to its size.
    private static IEnumerable<ulong> Covered(TlbEntry entry)
    {
        ulong pages = entry.Size == TlbPageSize.Large ? 512ul : 1ul;
        for (ulong page = 0; page < pages; page++)
            yield return entry.Physical.Value + page * SmallPage;
    }
}
