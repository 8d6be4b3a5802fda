using System;
using System.Buffers.Binary;
using System.IO;

namespace IL2CPU.Image;

/// <summary>What must hold for every image (ELF-64 object file format, version 1.5).</summary>
public static class ImageChecks
{
    private const uint Load = 1;
    private const uint Execute = 1;
    private const uint Write = 2;
    private const int HeaderBytes = 56;

    /// <summary>Checks an image's segments.</summary>
    /// <exception cref="BuildError">A segment is writable and executable.</exception>
    public static void Check(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        int table = (int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(32));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(56));
        for (int i = 0; i < count; i++)
        {
            System.ReadOnlySpan<byte> header = image.AsSpan(table + (i * HeaderBytes), HeaderBytes);
            uint flags = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) == Load
                && (flags & (Execute | Write)) == (Execute | Write))
                throw new BuildError("IL2CPU050", $"{path}: segment {i} is writable and executable.");
        }
    }
}
