using System;
using System.Text;
using MemOS.Abi;
using MemOS.Boot;
using MemOS.Mapping;

namespace MemOS.Processes;

/// <summary>The process that starts all others. It gets the words of the kernel's command line.</summary>
internal static class FirstProcess
{
    private const string Name = "init";

    /// <summary>Starts it; a machine without it is of no use.</summary>
    internal static void Start()
    {
        ErrorCode error = ProcessTable.Spawn(
            null, Name, Arguments(ProcessTable.Memory.BootInformation.CommandLine),
            Process.UsualPriority, out _);
        if (error != ErrorCode.None)
            BootFailure.Stop($"The first process, {Name}, could not be started: {error}.");
    }

    // Words parted by spaces become words that are each ended by a zero byte.
    private static byte[] Arguments(ReadOnlySpan<byte> commandLine)
    {
        StringBuilder words = new();
        string text = Encoding.UTF8.GetString(commandLine);
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            words.Append(word).Append('\0');
        return Encoding.UTF8.GetBytes(words.ToString());
    }
}
