using System.Collections.Generic;
using System.Linq;
using Cosmos.TestRunner.Engine.Tlb;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>The page tables as the processor sees them, from outside the system.</summary>
public sealed class WriteXorExecuteTests(SharedMachine shared) : IClassFixture<SharedMachine>
{
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
            constants.Pages, ulong.MaxValue);
        AssertNotWritable(fixedPages.Select(e => e.Physical.Value));
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
