using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Cosmos.TestRunner.Engine.Tlb;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>The page tables as the processor sees them, from outside the system.</summary>
public sealed class WriteXorExecuteTests(SharedMachine shared) : IClassFixture<SharedMachine>
{
    // Types and their tables of methods are part of the data until the runtime has started.
    private const ulong LeastTypePages = 20;

    private readonly TlbDump _dump = MappedPages.Dump(shared.MemOs);

    [Fact]
    public void No_page_is_writable_and_executable()
    {
        Assert.True(_dump.Entries.Count > 100, "the kernel alone has that many pages");
        Assert.Contains(_dump.Entries, e => e.Rights.HasFlag(TlbRights.Execute));
        Assert.Empty(_dump.WritableAndExecutable);
    }

    [Fact]
    public void No_executable_page_can_be_written_through_another_address() =>
        AssertNotWritable(_dump.Entries
            .Where(e => e.Rights.HasFlag(TlbRights.Execute))
            .Select(e => e.Physical.Value));

    [Fact]
    public void No_page_of_the_kernel_is_a_programs()
    {
        Assert.Contains(_dump.Entries, e => e.Rights.HasFlag(TlbRights.User));
        Assert.DoesNotContain(_dump.Entries,
            e => e.IsKernelHalf() && e.Rights.HasFlag(TlbRights.User));
        Assert.DoesNotContain(_dump.Entries,
            e => !e.IsKernelHalf() && !e.Rights.HasFlag(TlbRights.User));
    }

    [Fact]
    public void No_code_and_no_constant_of_the_kernel_can_be_written_by_any_address()
    {
        IReadOnlyList<KernelSegment> segments = KernelElf.Segments();
        KernelSegment text = segments.Single(s => s.IsExecutable && !s.IsStub);
        KernelSegment constants = segments.Single(s => !s.IsExecutable && !s.IsWritable);
        TlbEntry[] image = [.. _dump.Entries.Where(MappedPages.IsImage)];
        TlbEntry[] fixedPages = [.. image.Where(e => !e.Rights.HasFlag(TlbRights.Write))];

        Assert.All(image, e => Assert.Equal(TlbPageSize.Small, e.Size));
        Assert.InRange(
            (ulong)fixedPages.Count(e => e.Rights.HasFlag(TlbRights.Execute)),
            text.Pages, ulong.MaxValue);
        Assert.InRange(
            (ulong)fixedPages.Count(e => !e.Rights.HasFlag(TlbRights.Execute)),
            constants.Pages + LeastTypePages, ulong.MaxValue);
        AssertNotWritable(fixedPages.Select(e => e.Physical.Value));
    }

    [Theory]
    [InlineData("GDT")]
    [InlineData("IDT")]
    [InlineData("TR")]
    public void The_processors_tables_cannot_be_written_where_it_says_that_they_are(string table)
    {
        Match match = Regex.Match(
            shared.MemOs.Monitor.Run("info registers"),
            $"^{table} *= *(?:[0-9a-f]{{4}} +)?([0-9a-f]{{16}}) ", RegexOptions.Multiline);
        ulong page = ulong.Parse(
            match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            / MappedPages.SmallPage * MappedPages.SmallPage;
        TlbEntry entry = Assert.Single(_dump.Entries, e => e.Virtual.Value == page);
        Assert.False(entry.Rights.HasFlag(TlbRights.Write));
        Assert.False(MappedPages.IsImage(entry));
        // The task state's one word that changes is written through the direct map.
        if (table != "TR")
            AssertNotWritable([entry.Physical.Value]);
    }

    [Fact]
    public void Nothing_but_the_kernels_image_is_code_of_the_kernel() =>
        Assert.DoesNotContain(_dump.Entries, e => e.IsKernelHalf()
            && e.Rights.HasFlag(TlbRights.Execute) && !MappedPages.IsImage(e));

    private void AssertNotWritable(IEnumerable<ulong> frames)
    {
        HashSet<ulong> constant = [.. frames];
        Assert.NotEmpty(constant);
        Assert.DoesNotContain(_dump.Entries, e => e.Rights.HasFlag(TlbRights.Write)
            && MappedPages.Covered(e).Any(constant.Contains));
    }
}
