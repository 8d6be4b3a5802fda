using System;
using Iced.Intel;
using MemOS.Instructions.Accesses;

namespace MemOS.Instructions;

/// <summary>What the decoder reads, one instruction after another through one object.</summary>
internal sealed class InstructionBytes : CodeReader
{
    private readonly byte[] _bytes = new byte[ServedInstruction.MostBytes];
    private int _length;
    private int _next;

    /// <summary>Starts at the first byte of another instruction.</summary>
    internal void Load(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes);
        _length = bytes.Length;
        _next = 0;
    }

    /// <inheritdoc/>
    public override int ReadByte() => _next < _length ? _bytes[_next++] : -1;
}
