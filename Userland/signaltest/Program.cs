using System;
using MemOS.Selftest;

namespace MemOS.Signaltest;

/// <summary>
/// Holds the kernel and the library to what docs/abi.md says of signals, threads and words of
/// memory. Not a demo; a test runs it.
/// </summary>
internal static class Program
{
    /// <summary>The program's own name in the archive.</summary>
    internal const string Name = "signaltest";

    private static int Main(string[] args)
    {
        if (args.Length != 0)
            return Children.Run(args);
        Checks checks = new(Name);
        new FaultChecks(checks).Run();
        new EndChecks(checks).Run();
        new ThreadChecks(checks).Run();
        new WordChecks(checks).Run();
        new CrowdChecks(checks).Run();
        return checks.Print();
    }
}
