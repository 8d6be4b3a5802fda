using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using SharpFuzz;

namespace MemOS.Tests.Host.Images.Coverage;

/// <summary>
/// The reader of programs' files as SharpFuzz instruments it: each branch leaves a trace. The copy,
/// and one of these tests' code that uses it, are loaded beside what other tests use.
/// </summary>
internal sealed class InstrumentedImages : AssemblyLoadContext
{
    private const string Reader = "MemOS.Images";

    private readonly string _reader;

    internal InstrumentedImages()
        : base("instrumented")
    {
        string folder = Directory.CreateTempSubdirectory("memos-coverage").FullName;
        _reader = Path.Combine(folder, Reader + ".dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, Reader + ".dll"), _reader);
        Fuzzer.Instrument(_reader, static _ => true, Options.Value);
    }

    /// <summary>A method of <see cref="CoverageTargets"/>, on the instrumented reader.</summary>
    internal Action<byte[]> Target(string name)
    {
        Assembly tests = LoadFromAssemblyPath(typeof(CoverageTargets).Assembly.Location);
        return tests.GetType(typeof(CoverageTargets).FullName!)!
            .GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!
            .CreateDelegate<Action<byte[]>>();
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == Reader ? LoadFromAssemblyPath(_reader) : null;
}
