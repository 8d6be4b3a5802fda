using System;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>Freed is freed: processes leave no frame behind.</summary>
public sealed partial class ChurnTests
{
    private const int Processes = 1000;
    private const int Batch = 50;

    [Fact]
    public void A_thousand_processes_leave_the_free_memory_as_it_was()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("churn");
        // The first few let the kernel's and the shell's own heaps reach their size.
        RunProcesses(memOs, Batch);
        long before = FreeBytes(memOs);
        for (int ended = 0; ended < Processes; ended += Batch) RunProcesses(memOs, Batch);
        Assert.Equal(before, FreeBytes(memOs));
    }

    private static void RunProcesses(MemOsMachine memOs, int count)
    {
        string output = "";
        for (int i = 0; i < count; i++) output += memOs.Command("hello");
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
    }

    private static long FreeBytes(MemOsMachine memOs)
    {
        string output = memOs.Command("mem");
        Match match = FreeLine().Match(output);
        Assert.True(match.Success, output);
        return long.Parse(match.Groups[1].Value, NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^free\s+([0-9,]+)", RegexOptions.Multiline)]
    private static partial Regex FreeLine();
}
