using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.ConsoleTest;

/// <summary>Tries all that only a program with authority may do.</summary>
internal static class Reaching
{
    private const byte HighPriority = 20;

    private static readonly ProcessId _first = new(1);

    private static readonly (string Name, Action Try)[] _attempts =
    [
        ("read the log", () => KernelLog.Read()),
        ("see another's regions", () => Process.Maps(_first)),
        ("count the memory", () => _ = Machine.Memory),
        ("audit", () => Machine.Audit()),
        ("be first", () => Process.Spawn("hello", [], HighPriority)),
        ("switch off", () => Machine.ShutDown()),
    ];

    internal static int Run()
    {
        foreach ((string name, Action attempt) in _attempts)
        {
            string outcome = "done";
            try
            {
                attempt();
            }
            catch (MemOsException exception)
            {
                outcome = exception.Error == ErrorCode.NotPermitted ? "refused" : "failed";
            }
            Console.WriteLine($"{name}: {outcome}");
        }
        return 0;
    }
}
