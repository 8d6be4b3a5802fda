using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace IL2CPU.Image;

/// <summary>Finds the executable segments of an image (ELF-64 object file format, 1.5).</summary>
internal static class ElfCode
{
    private const int HeaderBytes = 56;
    private const uint Load = 1;
    private const uint Execute = 1;

    /// <summary>Where in the file the code is.</summary>
    internal static IEnumerable<Range> Find(byte[] image)
    {
        int table = (int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(32));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(56));
        for (int i = 0; i < count; i++)
        {
            int header = table + (i * HeaderBytes);
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(header));
            uint flags = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(header + 4));
            int start = (int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(header + 8));
            int bytes = (int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(header + 32));
            if (type == Load && (flags & Execute) != 0)
                yield return start..(start + bytes);
        }
    }
}
