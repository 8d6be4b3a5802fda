using System;
using System.Diagnostics;
using System.IO;
using IL2CPU.Elf;
using Xunit;

namespace MemOS.Tests.Toolchain;

/// <summary>A folder of small native files, made by the tools that builds use.</summary>
internal sealed class NativeFiles : IDisposable
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("memos-native-").FullName;

    /// <summary>Assembles a text and returns the object's path.</summary>
    public string Assemble(string name, string text)
    {
        string source = Path.Combine(Folder, name + ".asm");
        File.WriteAllText(source, text);
        string target = Path.Combine(Folder, name + ".o");
        Run("nasm", "-f", "elf64", "-o", target, source);
        return target;
    }

    /// <summary>Links objects with switches of GNU ld and returns the image's path.</summary>
    public string Link(string name, params string[] arguments)
    {
        string target = Path.Combine(Folder, name);
        Run("ld", ["--no-warn-rwx-segments", "-o", target, .. arguments]);
        return target;
    }

    /// <summary>Links an object by a script and reads the image.</summary>
    public ElfFile LinkBy(string script, string text)
    {
        string path = Path.Combine(Folder, "script.ld");
        File.WriteAllText(path, script);
        return ElfReader.Read(Link(
            "image", "-pie", "--no-dynamic-linker", "-z", "norelro", "-T", path,
            Assemble("image", text)));
    }

    /// <summary>Runs a program to its end and returns its exit code.</summary>
    public static int ExitCode(string path)
    {
        using Process process = Process.Start(path);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Run(string tool, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardError = true,
        })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool}: {errors}");
    }
}
