using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using IL2CPU;

namespace MemOS.Tests.Toolchain.Build;

/// <summary>Builds a program as its project does, into a folder of the test's own.</summary>
internal sealed class BuildBench : IDisposable
{
    private readonly string _request;

    /// <summary>Takes a program's last request to IL2CPU as the pattern.</summary>
    public BuildBench(string program)
    {
        string output = Path.Combine(Repository.Root, "Userland", program, "obj");
        _request = Directory.Exists(output)
            ? Directory.GetFiles(output, "request.rsp", SearchOption.AllDirectories)
                .MaxBy(File.GetLastWriteTimeUtc) ?? throw NotBuilt(program)
            : throw NotBuilt(program);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("memos-build-").FullName;

    /// <summary>Builds the program.</summary>
    /// <param name="name">Name of the folder for what the build leaves.</param>
    /// <param name="seed">Seed of the order; null for a random one.</param>
    /// <returns>The program's bytes.</returns>
    public byte[] Build(string name, ulong? seed)
    {
        string target = Path.Combine(Folder, name + ".elf");
        IL2CPU.Build.Run(Options() with
        {
            Output = Path.Combine(Folder, name),
            Target = target,
            Seed = seed,
        });
        return File.ReadAllBytes(target);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static FileNotFoundException NotBuilt(string program) =>
        new("not built: run 'dotnet build MemOS.sln'", program);

    private BuildOptions Options()
    {
        string[] words = [.. File.ReadAllLines(_request)
            .SelectMany(line => line.Split('=', 2)).Select(word => word.Trim('"'))];
        IEnumerable<string> After(string option) =>
            words.Zip(words.Skip(1)).Where(pair => pair.First == option)
                .Select(pair => pair.Second);
        Debug.Assert(words[0] == "build", "the request is for a build");
        return new BuildOptions
        {
            Kind = ImageKind.Program,
            Entry = After("--entry").Single(),
            References = [.. After("--reference")],
            IlcPackage = After("--ilc").Single(),
            FrameworkPackage = After("--framework").Single(),
            Output = "",
            Target = "",
            Files = new Dictionary<string, string>(),
            Programs = new Dictionary<string, string>(),
        };
    }
}
