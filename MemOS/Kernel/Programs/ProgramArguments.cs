using System;
using MemOS.Mapping;
using MemOS.Memory.AddressSpaces;
using MemOS.Syscalls;

namespace MemOS.Programs;

/// <summary>
/// What a process is started with: bytes of the kernel's, or of a program's memory, which are
/// copied where they go and nowhere else.
/// </summary>
internal readonly ref struct ProgramArguments
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly AddressSpace<MachineMemory>? _space;
    private readonly UserSpan _span;

    /// <summary>The kernel's own.</summary>
    internal ProgramArguments(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>A program's, which were required for reading.</summary>
    internal ProgramArguments(AddressSpace<MachineMemory> space, UserSpan span)
    {
        _space = space;
        _span = span;
    }

    /// <summary>How many bytes there are.</summary>
    internal ulong Length => _space is null ? (ulong)_bytes.Length : _span.Bytes;

    /// <summary>Copies a part.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="to">As long as it is.</param>
    internal void CopyTo(ulong offset, Span<byte> to)
    {
        if (_space is null)
            _bytes.Slice((int)offset, to.Length).CopyTo(to);
        else
            UserMemory.Read(_space, _span.Skip(offset), to);
    }
}
