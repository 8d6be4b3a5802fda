using System.Collections.Generic;
using Iced.Intel;

namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>What an encoder wrote.</summary>
internal sealed class ByteList : CodeWriter
{
    internal List<byte> Bytes { get; } = [];

    public override void WriteByte(byte value) => Bytes.Add(value);
}
