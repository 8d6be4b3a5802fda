using System;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>Freed is freed: processes leave no frame behind.</summary>
public sealed class ChurnTests
{
    private const int Processes = 1000;
    private const int Batch = 50;

    // Each has three processes and six segments of up to 4.3 MB.
    private const int Rounds = 40;

    // Each process has about as much by itself: a thousand that leave some would show.
    private const long HeapSlack = 1 << 20;

    [Fact]
    public void A_thousand_processes_leave_the_free_memory_as_it_was()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("churn");
        // The first few let the kernel's and the shell's own heaps reach their size.
        RunProcesses(memOs, Batch);
        Census before = Census.Read(memOs);
        for (int ended = 0; ended < Processes; ended += Batch) RunProcesses(memOs, Batch);
        Census after = Census.Read(memOs);

        // No frame is lost: what is not free has an owner. Those that are left, kernel and
        // shell, take and give pages by the dozen for their heaps.
        Assert.Equal(0, before.Lost);
        Assert.Equal(0, after.Lost);
        Assert.InRange(after.Free, before.Free - HeapSlack, before.Free + HeapSlack);
    }

    [Fact]
    public void Shares_that_end_in_any_order_leave_the_free_memory_as_it_was()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("orders");
        RunOrders(memOs, 3);
        Census before = Census.Read(memOs);
        RunOrders(memOs, Rounds);
        Census after = Census.Read(memOs);

        Assert.Equal(0, before.Lost);
        Assert.Equal(0, after.Lost);
        Assert.InRange(after.Free, before.Free - HeapSlack, before.Free + HeapSlack);
    }

    private static void RunOrders(MemOsMachine memOs, int rounds) =>
        Assert.Contains($"orders: {rounds} rounds",
            memOs.Command($"selftest orders {rounds}"), StringComparison.Ordinal);

    private static void RunProcesses(MemOsMachine memOs, int count)
    {
        string output = "";
        for (int i = 0; i < count; i++) output += memOs.Command("hello");
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
    }

    private sealed record Census(long Machine, long Free, long Kernel, long Programs)
    {
        public long Lost => Machine - Free - Kernel - Programs;

        public static Census Read(MemOsMachine memOs)
        {
            string output = memOs.Command("mem");
            return new Census(Row(output, "machine"), Row(output, "free"),
                Row(output, "kernel"), Row(output, "programs"));
        }

        private static long Row(string output, string name)
        {
            Match match = Regex.Match(output, $@"^{name}\s+([0-9,]+)", RegexOptions.Multiline);
            Assert.True(match.Success, output);
            return long.Parse(match.Groups[1].Value, NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture);
        }
    }
}
