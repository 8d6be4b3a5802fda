using System;
using System.Diagnostics.CodeAnalysis;
using Cosmos.Runtime;
using IL2CPU.API.Attribs;

namespace MemOS.Userland.Plugs;

/// <summary><see cref="Environment"/>: this process, as MemOS knows it.</summary>
[Plug(Target = typeof(Environment))]
public static class EnvironmentPlug
{
    public static int get_ProcessId() => (int)Process.Id.Value;

    public static string[] GetCommandLineArgs() => CommandLine.Arguments;

    [DoesNotReturn]
    public static void Exit(int exitCode) => Process.Exit(exitCode);
}
