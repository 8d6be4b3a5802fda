using System;
using System.CommandLine;
using System.IO;
using Cosmos.TestRunner.Engine.Machines;

namespace Cosmos.TestRunner.Tool;

/// <summary>The command-line options that describe a machine, shared by all commands.</summary>
internal sealed class MachineOptions
{
    private readonly Argument<FileInfo> _image = new("image") { Description = "The ISO to boot." };

    private readonly Option<BootMedium> _boot = new("--boot")
    {
        Description = "BiosCd, BiosDisk or Uefi.",
    };

    private readonly Option<CpuModel> _cpu = new("--cpu")
    {
        Description = "Max, Qemu64, Pentium or MaxWithoutNx.",
    };

    private readonly Option<int> _memory = new("--memory")
    {
        Description = "Memory in MiB.",
        DefaultValueFactory = _ => 512,
    };

    private readonly Option<Clock> _clock = new("--clock")
    {
        Description = "Host or Instructions; the latter repeats exactly.",
    };

    private readonly Option<int> _silence = new("--silence")
    {
        Description = "Seconds without output after which the machine counts as hung.",
        DefaultValueFactory = _ => (int)Patience.Default.Silence.TotalSeconds,
    };

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "Seconds after which the run ends in any case.",
        DefaultValueFactory = _ => (int)Patience.Default.Limit.TotalSeconds,
    };

    private readonly Option<string> _artifacts = new("--artifacts")
    {
        Description = "The folder for logs.",
        DefaultValueFactory = _ => "artifacts/qemu",
    };

    /// <summary>Declares the options on <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_image);
        command.Options.Add(_boot);
        command.Options.Add(_cpu);
        command.Options.Add(_memory);
        command.Options.Add(_clock);
        command.Options.Add(_silence);
        command.Options.Add(_limit);
        command.Options.Add(_artifacts);
    }

    /// <summary>The machine that the user asked for.</summary>
    public Machine MachineOf(ParseResult result) =>
        new(result.GetRequiredValue(_image).FullName)
        {
            Boot = result.GetValue(_boot),
            Cpu = result.GetValue(_cpu),
            Memory = MemorySize.FromMebibytes(result.GetValue(_memory)),
            Clock = result.GetValue(_clock),
        };

    /// <summary>How long to wait for it.</summary>
    public Patience PatienceOf(ParseResult result) =>
        new(TimeSpan.FromSeconds(result.GetValue(_silence)),
            TimeSpan.FromSeconds(result.GetValue(_limit)));

    /// <summary>Where its logs go.</summary>
    public RunFolder FolderOf(ParseResult result) =>
        RunFolder.Create(result.GetRequiredValue(_artifacts),
            Path.GetFileNameWithoutExtension(result.GetRequiredValue(_image).Name));
}
