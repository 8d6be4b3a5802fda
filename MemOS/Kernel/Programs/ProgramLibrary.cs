using System;
using System.Collections.Generic;
using System.Text;
using Cosmos.Core.Boot.Multiboot2;
using MemOS.Devices;
using MemOS.Images;
using MemOS.Mapping;

namespace MemOS.Programs;

/// <summary>The programs that came with the kernel: the boot module <c>programs</c>.</summary>
internal static unsafe class ProgramLibrary
{
    private static Dictionary<string, Program>? _programs;
    private static byte[] _names = [];
    private static byte* _start;
    private static int _length;

    /// <summary>The archive's bytes, which never change or go away.</summary>
    // Safe: the direct map shows all modules for reading, and none is ever freed.
    internal static ReadOnlySpan<byte> Bytes => new(_start, _length);

    /// <summary>The names of all programs in UTF-8, each ended by a zero byte.</summary>
    internal static ReadOnlySpan<byte> Names => _names;

    /// <summary>Reads the archive's headers; what is damaged is left out and logged.</summary>
    internal static void Open(KernelMemory memory)
    {
        _programs = [];
        if (!memory.BootInformation.TryGetModule("programs"u8, out BootModule module))
        {
            Log.Warn("programs: the boot loader has brought no archive of them");
            return;
        }
        if (module.Range.Length > int.MaxValue)
        {
            Log.Warn("programs: an archive of 2 GB or more cannot be read");
            return;
        }
        _start = PhysicalMap.PointerTo(module.Range);
        _length = (int)module.Range.Length;
        ProgramArchive.Enumerator entries = new ProgramArchive(Bytes).GetEnumerator();
        while (entries.MoveNext())
        {
            ArchiveEntry entry = entries.Current;
            string name = entry.Name.ToString();
            _programs.TryAdd(name, new Program(name, entry.Start, entry.Content.Length));
        }
        _names = JoinNames();
        if (entries.Status != ArchiveStatus.Good)
            Log.Warn($"programs: {ArchiveStatusText.Of(entries.Status)}");
        Log.Info($"programs: {_programs.Count} in the archive");
    }

    /// <summary>Finds a program; makes no object.</summary>
    internal static bool TryFind(ReadOnlySpan<char> name, out Program? program) =>
        _programs!.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out program);

    private static byte[] JoinNames()
    {
        StringBuilder names = new();
        foreach (string name in _programs!.Keys)
            names.Append(name).Append('\0');
        return Encoding.UTF8.GetBytes(names.ToString());
    }
}
