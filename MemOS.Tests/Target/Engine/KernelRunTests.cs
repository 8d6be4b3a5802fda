using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Cosmos.TestRunner.Engine;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Results;
using Cosmos.TestRunner.Engine.Screens;
using Cosmos.TestRunner.Engine.Tlb;
using Cosmos.TestRunner.Protocol;
using Xunit;

namespace MemOS.Tests.Target.Engine;

/// <summary>Runs boot sectors in QEMU: every way in which a run can end, told apart.</summary>
public sealed class KernelRunTests
{
    private static readonly Patience Generous =
        new(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(240));

    private static readonly byte[] OnePassed =
    [
        .. Encode(FrameKind.SuiteStarted, "Suite"),
        .. Encode(FrameKind.TestStarted, "First"),
        .. Encode(FrameKind.TestPassed, "First"),
    ];

    [Fact]
    public void A_run_ends_with_the_kernels_verdict()
    {
        KernelReport report = Run(
            [.. "booted\r\n"u8, .. OnePassed, .. Encode(FrameKind.Completed, "")],
            BootSector.Stand, Generous);

        Assert.True(report.Passed, report.Summary);
        Assert.Equal(
            [new TestResult("Suite", "First", TestStatus.Passed, "")], report.Tests);
        Assert.Contains("booted", report.Console, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_says_it_failed_has_failed()
    {
        KernelReport report = Run(
            [.. OnePassed, .. Encode(FrameKind.Failed, "")], BootSector.Stand, Generous);
        Assert.Equal((Ending.Reached, Verdict.Failed), (report.Ending, report.Verdict));
        Assert.False(report.Passed);
    }

    [Fact]
    public void A_completed_kernel_with_a_failed_test_has_failed()
    {
        byte[] message =
        [
            .. Encode(FrameKind.TestStarted, "Second"), .. Encode(FrameKind.TestFailed, "Second"),
            .. Encode(FrameKind.Completed, ""),
        ];
        KernelReport report = Run(message, BootSector.Stand, Generous);
        Assert.Equal(Verdict.Completed, report.Verdict);
        Assert.False(report.Passed);
    }

    [Fact]
    public void A_panic_ends_the_run_and_its_report_is_kept()
    {
        KernelReport report = Run(
            [.. Encode(FrameKind.TestStarted, "Boom"), .. "KERNEL PANIC: why\r\n at here"u8],
            BootSector.Stand, Generous);
        Assert.Equal(Ending.Panic, report.Ending);
        Assert.EndsWith("at here", report.Console, StringComparison.Ordinal);
        Assert.Equal(TestStatus.Unfinished, Assert.Single(report.Tests).Status);
    }

    [Fact]
    public void Silence_ends_the_run()
    {
        Patience patience = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(240));
        KernelReport report = Run(OnePassed, BootSector.Stand, patience);
        Assert.Equal(Ending.Silence, report.Ending);
        Assert.False(report.Passed);
    }

    [Fact]
    public void Endless_talk_ends_by_the_time_limit()
    {
        Patience patience = new(TimeSpan.FromSeconds(240), TimeSpan.FromSeconds(5));
        KernelReport report = Run("and so on "u8, BootSector.Repeat, patience);
        Assert.Equal(Ending.TimeLimit, report.Ending);
    }

    [Fact]
    public void A_reset_without_a_verdict_is_told_apart()
    {
        KernelReport report = Run(OnePassed, BootSector.Reset, Generous);
        Assert.Equal(Ending.PoweredOff, report.Ending);
        Assert.Single(report.Tests);
    }

    [Fact]
    public void The_monitor_answers_and_the_screen_can_be_seen()
    {
        RunFolder folder = Folder();
        Machine machine = Sector(folder, "ready"u8, BootSector.Stand);
        using QemuSession session = QemuSession.Start(machine, folder);
        Assert.Equal(Ending.Reached, session.WaitForText("ready", 0, Generous));

        Assert.Contains("running", session.Monitor.Run("info status"), StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(
            () => TlbDump.Parse(session.Monitor.Run("info tlb")));

        Screen screen = session.TakeScreen("bios");
        Assert.True(screen.CountColours() > 1, "the BIOS has written something");
        string png = Path.Combine(folder.FullPath, "bios.png");
        screen.SavePng(png);
        Assert.Equal("PNG"u8, File.ReadAllBytes(png).AsSpan(1, 3));
    }

    private static KernelReport Run(
        ReadOnlySpan<byte> message, byte[] ending, Patience patience,
        [CallerMemberName] string test = "")
    {
        RunFolder folder = Folder(test);
        return KernelRun.Boot(Sector(folder, message, ending), folder, patience);
    }

    private static Machine Sector(RunFolder folder, ReadOnlySpan<byte> message, byte[] ending) =>
        new(BootSector.Write(Path.Combine(folder.FullPath, "sector.img"), message, ending))
        {
            Boot = BootMedium.BiosDisk,
            Memory = MemorySize.FromMebibytes(16),
        };

    private static RunFolder Folder([CallerMemberName] string test = "") =>
        RunFolder.Create(Path.Combine(Repository.Artifacts, "engine"), test);

    private static byte[] Encode(FrameKind kind, string name) =>
        FrameFormat.Encode(new ResultFrame(kind, name, ""));
}
