using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Accesstest;

/// <summary>
/// Holds the kernel and the library to what docs/abi.md says of segments whose backer serves each
/// access: what it is told, what the user sees, and what comes of it when nobody answers. Not a
/// demo; a test runs it.
/// </summary>
internal static class Program
{
    /// <summary>The program's own name in the archive.</summary>
    internal const string Name = "accesstest";

    /// <summary>What a child exits with that found all as it should be.</summary>
    internal const int Right = 21;

    /// <summary>What one exits with that found something else.</summary>
    internal const int Wrong = 22;

    private static int Main(string[] args)
    {
        if (args.Length != 0)
            return Users.Run(args);
        Checks checks = new(Name);
        Device.Start();
        ulong place = Device.Segment.Map(MappingRights.ReadWrite).Start.Value;
        // The first thread is served by itself.
        new AccessChecks(checks, place).Run();
        new TraceChecks(checks, place).Run();
        new UserChecks(checks, place).Run();
        return checks.Print();
    }
}
