using System;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>A machine on which MemOS cannot start says why.</summary>
public sealed class BootFailureTests
{
    [Fact]
    public void Too_little_memory_is_told_with_what_is_needed()
    {
        Machine machine = new(KernelImages.MemOS) { Memory = MemorySize.FromMebibytes(28) };
        string console = AwaitPanic("little memory", machine);
        Assert.Matches("MemOS needs 32 MB of memory; this machine has 2[4-8] MB", console);
    }

    [Fact]
    public void A_first_process_that_is_empty_or_missing_is_told_for_what_it_is()
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "memos empty init");
        string image = ChangedArchive.MakeImage(folder, static files =>
        {
            int init = files.FindIndex(static file => file.Name == "init");
            files[init] = files[init] with { Content = [] };
            return files;
        });
        string console = AwaitPanic("empty init", new Machine(image));
        Assert.Contains("init: The file is shorter than an ELF header.", console,
            StringComparison.Ordinal);
        Assert.Contains("init, could not be started: not a program", console,
            StringComparison.Ordinal);

        folder = RunFolder.Create(Repository.Artifacts, "memos no init");
        image = ChangedArchive.MakeImage(folder, static files =>
        {
            files.RemoveAll(static file => file.Name == "init");
            return files;
        });
        Assert.Contains("init, could not be started: no such program.",
            AwaitPanic("no init", new Machine(image)), StringComparison.Ordinal);
    }

    private static string AwaitPanic(string name, Machine machine)
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "memos boots " + name);
        using QemuSession session = QemuSession.Start(machine, folder);
        Ending ending = session.WaitUntil(static _ => false, Patience.Default);
        string console = session.Transcript.PlainText;
        Assert.True(ending == Ending.Panic, $"{ending}:\n{console}");
        return console;
    }
}
