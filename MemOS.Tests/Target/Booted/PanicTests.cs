using System;
using System.Linq;
using System.Text.RegularExpressions;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Screens;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>What the kernel shows when it cannot go on.</summary>
public sealed class PanicTests
{
    // Dark red behind, and the text in front of it.
    private const double LeastBackground = 0.9;

    [Fact]
    public void A_hardware_failure_is_a_panic_with_names_on_serial_line_and_screen()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("panic");
        memOs.Audit();
        memOs.Monitor.Run("nmi");
        Ending ending = memOs.Session.WaitUntil(_ => false, Patience.Default);
        string console = memOs.Console;
        Assert.True(ending == Ending.Panic, $"{ending}:\n{console}");

        int start = console.IndexOf(QemuSession.PanicMarker, StringComparison.Ordinal);
        string report = console[start..];
        Assert.Contains("non-maskable interrupt", report, StringComparison.Ordinal);
        Assert.Matches(@"rip ffff[0-9a-f]{12}", report);
        Assert.Contains("The machine is halted.", report, StringComparison.Ordinal);
        // Every place has a name: that of a method, or of a routine in assembly.
        Assert.Matches(@"  at ffff[0-9a-f]{12} [A-Za-z_][^ ]*\+0x[0-9a-f]+\r?\n", report);
        Assert.DoesNotMatch(@"  at [0-9a-f]{16}\r?\n", report);

        Screen screen = memOs.Session.TakeScreen("panic");
        Assert.True(CountDarkRed(screen) > LeastBackground * screen.Width * screen.Height,
            "the screen is not dark red");
        Assert.True(screen.CountColours() > 1, "there is no text on the screen");
    }

    // The chain is known: a system call that found no way to switch off, and halts for good.
    [Fact]
    public void Names_in_a_panic_are_those_of_the_calls_that_led_to_it()
    {
        Machine machine = new(KernelImages.MemOS) { Power = PowerControl.None };
        using MemOsMachine memOs = MemOsMachine.Boot("panic in a call", machine);
        memOs.Audit();
        int start = memOs.Console.Length;
        memOs.Type("shutdown\r");
        memOs.Await("safe to switch the machine off.", start);
        memOs.Monitor.Run("nmi");
        Ending ending = memOs.Session.WaitUntil(_ => false, Patience.Default);
        Assert.True(ending == Ending.Panic, $"{ending}:\n{memOs.Console}");
        string report = memOs.Console[start..];
        Assert.Equal(
            ["CosmosHalt", "MemOS.Kernel.MemOS.Traps.TrapDispatcher.OnSyscall",
                "MemosSyscallEntry_code"],
            Regex.Matches(report, @"  at [0-9a-f]{16} ([^ ]+)\+0x[0-9a-f]+\r?\n")
                .Select(match => match.Groups[1].Value));
        // HLT is the routine's first instruction, of one byte.
        Assert.Matches(@"  at [0-9a-f]{16} CosmosHalt\+0x1\r?\n", report);
    }

    private static int CountDarkRed(Screen screen)
    {
        int count = 0;
        for (int y = 0; y < screen.Height; y++)
        {
            for (int x = 0; x < screen.Width; x++)
            {
                if (screen[x, y] is { Red: > 64 and < 200, Green: 0, Blue: 0 }) count++;
            }
        }
        return count;
    }
}
