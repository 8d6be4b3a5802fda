using System;
using Cosmos.TestRunner.Engine.Machines;
using MemOS.Abi;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// Memory that runs out at any request is an error of the call that asked, no more.
/// </summary>
/// <remarks>
/// How many requests of the long ones are tried is that of the test, or what
/// MEMOS_SHORTAGE_DENSITY says.
/// </remarks>
public sealed class ShortageTests
{
    private const string Refused =
        "attack: [1-9][0-9]* more segments were made, [1-9][0-9]* refused";

    private static readonly string _density =
        Environment.GetEnvironmentVariable("MEMOS_SHORTAGE_DENSITY") ?? "8";

    private static readonly SyscallCode[] _makers =
    [
        SyscallCode.HandleSignal, SyscallCode.MemAlloc, SyscallCode.MemFree,
        SyscallCode.VirtMemAms, SyscallCode.BackedAms, SyscallCode.ShareAms, SyscallCode.MapAms,
        SyscallCode.CreateProcess, SyscallCode.CreateThread, SyscallCode.DeviceAms,
        SyscallCode.CreateJob, SyscallCode.Spawn,
    ];

    private static readonly string[] _hoards =
    [
        "regions", "pages", "mappings", "signals", "handlers", "threads", "copies", "programs",
        "names", "jobs",
    ];

    private static readonly Patience _patience =
        new(TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));

    // The kernel stops if a call takes more of its heap than it declares.
    [Fact]
    public void Every_call_survives_a_shortage_at_each_of_its_requests()
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "memos shortage image");
        Machine machine = new(IsoVariant.Make(folder.FullPath, "oom"))
        {
            // An audit follows each failure and needs a part of what is free.
            Memory = MemorySize.FromMebibytes(96),
        };
        using MemOsMachine memOs = MemOsMachine.Boot("shortage", machine);
        string output = memOs.Run(
            $"drive selftest shortage {_density}", " checks passed, ", _patience);
        Assert.DoesNotContain("FAILED", output);
        Assert.Matches("selftest: [0-9]{3,} checks passed, 0 failed", output);
        Assert.All(Enum.GetValues<SyscallCode>(), code =>
            Assert.Contains($"shortage: {code}: ", output, StringComparison.Ordinal));
        // Those that make something fail at least for the kernel's heap, each of the two times.
        Assert.All(_makers, code =>
            Assert.Matches($"shortage: {code}: .*: ([2-9]|[1-9][0-9]+) failures", output));
        memOs.Audit();
        memOs.Type("drive selftest shortage off\r");
        Ending ending = memOs.Session.WaitForPowerOff(Patience.Default);
        Assert.True(ending == Ending.PoweredOff, $"{ending}:\n{memOs.Console}");
    }

    [Fact]
    public void Nothing_but_calls_makes_objects_whatever_programs_do()
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "memos watched image");
        Machine machine = new(IsoVariant.Make(folder.FullPath, "oom"));
        using MemOsMachine memOs = MemOsMachine.Boot("watched", machine);
        Assert.Matches("selftest: [0-9]{3,} checks passed, 0 failed",
            memOs.Run("drive selftest", " checks passed, "));
        Assert.Matches("signaltest: [0-9]{2,} checks passed, 0 failed",
            memOs.Command("signaltest"));
    }

    [Theory]
    [InlineData("log", 128, "attack: the log was read 2000 times of 2000")]
    [InlineData("segments 9", 128, Refused)]
    [InlineData("segments 37", 512, Refused)]
    public void The_heap_of_the_kernel_cannot_be_exhausted(
        string attack, int megabytes, string outcome)
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Memory = MemorySize.FromMebibytes(megabytes),
        };
        using MemOsMachine memOs = MemOsMachine.Boot($"attack {attack}", machine);
        Assert.Matches(outcome, memOs.Command($"drive selftest attack {attack}", _patience));
        Assert.Contains("hello: ok", memOs.Command("hello"), StringComparison.Ordinal);
        Assert.Contains("was not started with the word oom",
            memOs.Command("selftest shortage 1"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_among_processes_that_fill_memory_needs_none_and_finds_nothing()
    {
        Machine machine = new(KernelImages.MemOS) { Memory = MemorySize.FromMebibytes(512) };
        using MemOsMachine memOs = MemOsMachine.Boot("attack audits", machine);
        Assert.Matches(
            "beside [1-9][0-9]+ programs 0 audits had no memory, 30 were sound, 0 were not",
            memOs.Command("drive selftest attack audits", _patience));
    }

    /// <remarks>Each kind alone, then all at once: those may end each other by lack of memory.
    /// </remarks>
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(512)]
    public void Who_takes_all_that_there_is_of_anything_is_told_so_and_hurts_nobody(int megabytes)
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Memory = MemorySize.FromMebibytes(megabytes),
        };
        using MemOsMachine memOs = MemOsMachine.Boot($"hoards {megabytes}", machine);
        string output = memOs.Command("drive selftest attack hoards", _patience);
        Assert.Contains("attack: 20 hoards are over", output, StringComparison.Ordinal);
        // It is told 0x40, or there was no end to it in 6,000.
        Assert.All(_hoards, kind => Assert.Matches(
            $"attack: {kind}: ([1-9][0-9]*, then 40|6000, then 00); .*, else 00", output));
        Assert.Contains("hello: ok", memOs.Command("hello"), StringComparison.Ordinal);
    }
}
