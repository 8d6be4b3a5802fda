using System.Collections.Generic;
using System.Globalization;

namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>Says a <see cref="Machine"/> in QEMU's words (QEMU manual, "Invocation").</summary>
public static class QemuArguments
{
    /// <summary>The UEFI firmware, as Debian's package <c>ovmf</c> installs it.</summary>
    public const string FirmwareCode = "/usr/share/OVMF/OVMF_CODE_4M.fd";

    /// <summary>The firmware's variables as delivered; every machine gets a copy.</summary>
    public const string FirmwareVariables = "/usr/share/OVMF/OVMF_VARS_4M.fd";

    /// <summary>The arguments for <paramref name="machine"/>.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="monitor">Where the monitor's Unix socket shall be.</param>
    /// <param name="variables">This machine's own copy of the firmware's variables.</param>
    public static IReadOnlyList<string> For(Machine machine, string monitor, string variables)
    {
        List<string> arguments =
        [
            "-nodefaults", "-no-reboot", "-no-user-config",
            "-accel", "tcg",
            "-cpu", NameOf(machine.Cpu),
            "-smp", "1",
            "-m", machine.Memory.Mebibytes.ToString(CultureInfo.InvariantCulture) + "M",
            "-vga", "std", "-display", "none",
            "-chardev", "stdio,id=line,signal=off", "-serial", "chardev:line",
            "-chardev", $"socket,id=monitor,path={Escape(monitor)},server=on,wait=off",
            "-mon", "chardev=monitor,mode=control",
        ];
        if (machine.Clock == Clock.Instructions)
            arguments.AddRange(["-icount", "shift=0,sleep=off"]);

        if (machine.Power == PowerControl.None)
            arguments.AddRange(["-machine", "acpi=off"]);

        arguments.AddRange(BootArguments(machine, variables));
        return arguments;
    }

    private static string NameOf(CpuModel cpu) => cpu switch
    {
        CpuModel.Max => "max",
        CpuModel.Pentium => "pentium",
        CpuModel.MaxWithoutNx => "max,-nx",
        _ => "qemu64",
    };

    private static string[] BootArguments(Machine machine, string variables)
    {
        string image = Escape(machine.Image);
        string disc = $"file={image},format=raw,media=cdrom,readonly=on";
        return machine.Boot switch
        {
            BootMedium.BiosCd => ["-machine", "pc", "-drive", disc],
            // A snapshot: what the guest writes to its disk never reaches the image.
            BootMedium.BiosDisk =>
                ["-machine", "pc", "-drive", $"file={image},format=raw,snapshot=on"],
            _ =>
            [
                "-machine", "q35", "-drive", disc,
                "-drive", $"if=pflash,unit=0,format=raw,readonly=on,file={FirmwareCode}",
                "-drive", $"if=pflash,unit=1,format=raw,file={Escape(variables)}",
            ],
        };
    }

    // QEMU separates options by commas, and takes two for one that is meant.
    private static string Escape(string path) => path.Replace(",", ",,");
}
