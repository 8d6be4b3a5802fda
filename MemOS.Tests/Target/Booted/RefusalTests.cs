using System;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Screens;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>A machine that will not do is told so on serial line and screen.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(CpuModel.Pentium, BootMedium.BiosCd, "a 64-bit processor (x86-64 long mode).")]
    [InlineData(CpuModel.MaxWithoutNx, BootMedium.BiosCd, "in the firmware's set-up.")]
    [InlineData(CpuModel.MaxWithoutNx, BootMedium.Uefi, "in the firmware's set-up.")]
    public void The_reason_is_readable_in_a_graphics_mode(
        CpuModel cpu, BootMedium boot, string reason)
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, $"refusal {cpu} {boot}");
        Machine machine = new(KernelImages.MemOS) { Cpu = cpu, Boot = boot };
        using QemuSession session = QemuSession.Start(machine, folder);
        Ending ending = session.WaitForText(reason, 0, Patience.Default);
        Assert.True(ending == Ending.Reached, session.Transcript.PlainText);

        Screen screen = session.TakeScreen("refusal");
        Assert.True(screen.Width > 720, "the boot loader leaves a graphics mode");
        // Two lines of letters at the top: some thousand pixels, and nothing anywhere else.
        Assert.InRange(CountWhite(screen, 0, 100), 1000, 40_000);
        Assert.Equal(0, CountWhite(screen, 100, screen.Height));
    }

    // Where there is no room depends on what the boot loader has put where.
    [Fact]
    public void A_machine_without_room_for_the_kernel_says_so_on_its_screen()
    {
        const string Refusal = "There is not enough memory for this kernel.";
        int refusals = 0;
        for (int megabytes = 21; megabytes <= 27; megabytes++)
        {
            RunFolder folder = RunFolder.Create(Repository.Artifacts, $"refusal {megabytes}");
            Machine machine = new(KernelImages.MemOS)
            {
                Memory = MemorySize.FromMebibytes(megabytes),
            };
            using QemuSession session = QemuSession.Start(machine, folder);
            Ending ending = session.WaitUntil(
                static seen => seen.Text.Contains(Refusal, StringComparison.Ordinal),
                Patience.Default);
            if (ending == Ending.Panic)
            {
                Assert.Contains("MemOS needs 32 MB of memory", session.Transcript.PlainText,
                    StringComparison.Ordinal);
                continue;
            }
            Assert.True(ending == Ending.Reached, session.Transcript.PlainText);
            Screen screen = session.TakeScreen("refusal");
            Assert.InRange(CountWhite(screen, 0, 100), 500, 40_000);
            refusals++;
        }
        Assert.NotEqual(0, refusals);
    }

    private static int CountWhite(Screen screen, int from, int to)
    {
        int count = 0;
        for (int y = from; y < to; y++)
        {
            for (int x = 0; x < screen.Width; x++)
            {
                if (screen[x, y] is { Red: 255, Green: 255, Blue: 255 }) count++;
            }
        }
        return count;
    }
}
