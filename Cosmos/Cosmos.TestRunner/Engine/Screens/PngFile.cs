using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;
using Cosmos.TestRunner.Protocol;

namespace Cosmos.TestRunner.Engine.Screens;

/// <summary>Writes 24-bit colour pictures (PNG specification, W3C, section 5).</summary>
internal static class PngFile
{
    /// <summary>Writes rows of red, green, blue bytes.</summary>
    public static void Write(string path, int width, int height, ReadOnlySpan<byte> pixels)
    {
        using FileStream file = File.Create(path);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(file, "IHDR", Header(width, height));
        WriteChunk(file, "IDAT", Compress(pixels, width * 3, height));
        WriteChunk(file, "IEND", []);
    }

    private static byte[] Header(int width, int height)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a colour
        header[9] = 2; // red, green, blue
        return header;
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int stride, int rows)
    {
        using MemoryStream result = new();
        using (ZLibStream stream = new(result, CompressionLevel.Optimal))
        {
            for (int row = 0; row < rows; row++)
            {
                stream.WriteByte(0); // this row's filter: none
                stream.Write(pixels.Slice(row * stride, stride));
            }
        }

        return result.ToArray();
    }

    private static void WriteChunk(FileStream file, string kind, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(kind), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(body));
        file.Write(number);
    }
}
