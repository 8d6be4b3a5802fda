using Cosmos.Runtime;
using IL2CPU.API.Attribs;
using MemOS.Userland.Start;

namespace MemOS.Userland.Plugs;

/// <summary>The arguments of <c>Main</c> are those that the process was started with.</summary>
[Plug(Target = typeof(CommandLine))]
public static class CommandLinePlug
{
    private static string[]? _arguments;

    public static string[] get_Arguments() => _arguments ??= ProgramStart.Arguments();
}
