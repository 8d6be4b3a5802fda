using System;
using System.Runtime.CompilerServices;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Results;
using Xunit;

namespace MemOS.Tests.Target.Gen2;

/// <summary>Kernels whose source is plain Cosmos gen2.</summary>
public sealed class Gen2KernelTests
{
    [Fact]
    public void The_test_kernel_completes()
    {
        KernelReport report = KernelReports.Of("Gen2Test");
        Assert.True(report.Passed, string.Join(Environment.NewLine,
            [report.Summary, .. report.Assertions, report.Console]));
        Assert.Contains("Starting tests now", report.Console, StringComparison.Ordinal);
        Assert.Contains("written as bytes", report.Console, StringComparison.Ordinal);
    }

    [Fact]
    public void The_echo_kernel_echoes_what_comes_over_the_serial_line()
    {
        using QemuSession session = BootEcho();
        session.Type("hello over the line\r");
        AssertShows(session, "Text typed: hello over the line");
    }

    [Fact]
    public void The_echo_kernel_echoes_what_is_typed_on_the_keyboard()
    {
        using QemuSession session = BootEcho();
        foreach (string key in new[] { "shift-h", "i", "spc", "4", "ret" })
            session.Monitor.PressKeys(key);
        AssertShows(session, "Text typed: Hi 4");
    }

    [Fact]
    public void The_echo_kernel_writes_on_the_screen()
    {
        using QemuSession session = BootEcho();
        Assert.True(session.TakeScreen("echo").CountColours() > 1, "there is text");
    }

    private static QemuSession BootEcho([CallerMemberName] string test = "")
    {
        Machine machine = new(KernelImages.Of("Gen2Echo"));
        RunFolder folder = RunFolder.Create(Repository.Artifacts, test);
        QemuSession session = QemuSession.Start(machine, folder);
        AssertShows(session, "Input: ");
        return session;
    }

    private static void AssertShows(QemuSession session, string text)
    {
        Ending ending = session.WaitForText(text, 0, Patience.Default);
        Assert.True(ending == Ending.Reached,
            $"'{text}' never came ({ending}):\n{session.Transcript.Text}");
    }
}
