using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Shell;

/// <summary>How a program ended, in words where a number says little.</summary>
internal static class EndText
{
    private const long UnhandledException = 134;
    private const long ControlC = 130;

    internal static string Of(ProcessEnd end) => (end.Reason, (long)end.Data) switch
    {
        (EndReason.Exited, UnhandledException) => $"{end}: an exception that nobody caught",
        (EndReason.Exited, ControlC) => $"{end}: ended by Ctrl-C",
        _ => end.ToString(),
    };
}
