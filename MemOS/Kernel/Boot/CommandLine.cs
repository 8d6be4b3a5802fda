using System;
using System.Text;
using MemOS.Mapping;

namespace MemOS.Boot;

/// <summary>The words behind the kernel's name in the boot menu.</summary>
internal static class CommandLine
{
    private static string[] _words = [];

    /// <summary>The words.</summary>
    internal static ReadOnlySpan<string> Words => _words;

    /// <summary>Reads them from what the boot loader told.</summary>
    internal static void Read(KernelMemory memory) =>
        _words = Encoding.UTF8.GetString(memory.BootInformation.CommandLine)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a word is there.</summary>
    internal static bool Has(string word) => Words.Contains(word);
}
