using System;
using System.IO;

namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>The folder that keeps what one run leaves behind: logs, screens, variables.</summary>
public sealed class RunFolder
{
    private RunFolder(string path) => FullPath = path;

    /// <summary>The folder's absolute path.</summary>
    public string FullPath { get; }

    /// <summary>Everything the machine sent over its serial line, byte for byte.</summary>
    public string SerialLog => Path.Combine(FullPath, "serial.log");

    /// <summary>What QEMU itself had to say.</summary>
    public string QemuLog => Path.Combine(FullPath, "qemu.log");

    /// <summary>The command that started QEMU.</summary>
    public string Command => Path.Combine(FullPath, "command.txt");

    /// <summary>This machine's copy of the firmware's variables.</summary>
    public string FirmwareVariables => Path.Combine(FullPath, "variables.fd");

    /// <summary>
    /// Makes a fresh folder below <paramref name="root"/>; what an earlier run of that name
    /// left is deleted.
    /// </summary>
    public static RunFolder Create(string root, string name)
    {
        char[] characters = name.ToCharArray();
        for (int i = 0; i < characters.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(characters[i])) characters[i] = '-';
        }

        string path = Path.GetFullPath(Path.Combine(root, new string(characters)));
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
        return new RunFolder(path);
    }

    /// <summary>
    /// A short path for a Unix socket. It is not in the folder, since such a path may have no
    /// more than 107 bytes (unix(7)).
    /// </summary>
    public static string NewSocketPath() =>
        Path.Combine(Path.GetTempPath(), $"cosmos-{Guid.NewGuid():N}.sock");
}
