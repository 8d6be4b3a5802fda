using System;
using System.Collections.Generic;
using System.IO;

namespace MemOS.Tests.Target.Engine;

/// <summary>
/// The smallest kernel there is: a boot sector that sends bytes over COM1. It lets the engine
/// be tested without any of the toolchain.
/// </summary>
internal static class BootSector
{
    private const int Size = 512;

    // 16-bit code at 0x7C00, where the BIOS puts it; 0x3FD and 0x3F8 are COM1's line status and
    // data registers.
    private static readonly byte[] SendMessage =
    [
        0xFA,                   //        cli
        0x31, 0xC0,             //        xor  ax, ax
        0x8E, 0xD8,             //        mov  ds, ax
        0xBE, 0x00, 0x00,       //        mov  si, message (patched)
        0xB9, 0x00, 0x00,       //        mov  cx, length  (patched)
        0xBA, 0xFD, 0x03,       // next:  mov  dx, 0x3FD
        0xEC,                   // wait:  in   al, dx
        0xA8, 0x20,             //        test al, 0x20
        0x74, 0xFB,             //        jz   wait
        0xBA, 0xF8, 0x03,       //        mov  dx, 0x3F8
        0xAC,                   //        lodsb
        0xEE,                   //        out  dx, al
        0xE2, 0xF1,             //        loop next
    ];

    /// <summary>Ends by standing still: <c>hlt; jmp</c>.</summary>
    public static readonly byte[] Stand = [0xF4, 0xEB, 0xFD];

    /// <summary>Ends by a reset through the keyboard controller: <c>out 0x64, 0xFE</c>.</summary>
    public static readonly byte[] Reset = [0xB0, 0xFE, 0xE6, 0x64, 0xEB, 0xFE];

    /// <summary>Starts over, and talks for ever: <c>jmp 0x7C00</c>, computed when made.</summary>
    public static readonly byte[] Repeat =
        [0xEB, unchecked((byte)-(SendMessage.Length + 2))];

    /// <summary>Writes a boot sector to <paramref name="path"/>.</summary>
    /// <returns>The path.</returns>
    public static string Write(string path, ReadOnlySpan<byte> message, byte[] ending)
    {
        List<byte> sector = [.. SendMessage, .. ending];
        int start = 0x7C00 + sector.Count;
        (sector[6], sector[7]) = ((byte)start, (byte)(start >> 8));
        (sector[9], sector[10]) = ((byte)message.Length, (byte)(message.Length >> 8));
        sector.AddRange(message);
        if (sector.Count > Size - 2)
            throw new ArgumentException("too long for a sector", nameof(message));

        byte[] image = new byte[Size];
        sector.CopyTo(image);
        (image[Size - 2], image[Size - 1]) = (0x55, 0xAA);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, image);
        return path;
    }
}
