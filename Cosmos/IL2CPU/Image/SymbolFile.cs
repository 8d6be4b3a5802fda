using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace IL2CPU.Image;

/// <summary>
/// Writes <c>kernel.sym</c>: a line a function, "offset size name", offsets in hexadecimal from
/// the image's start, in rising order.
/// </summary>
internal static class SymbolFile
{
    internal static void Write(string image, string path)
    {
        string listing = ToolProcess.Run("nm", ["-S", "--defined-only", "--numeric-sort", image]);
        StringBuilder text = new();
        ulong last = ulong.MaxValue;
        foreach (string line in listing.Split('\n'))
        {
            string[] parts = line.Split(' ', 4);
            if (!TryRead(parts, out ulong offset, out ulong size, out string name)
                || offset == last)
                continue;
            last = offset;
            text.Append(CultureInfo.InvariantCulture, $"{offset:x} {size:x} {Readable(name)}\n");
        }
        File.WriteAllText(path, text.ToString());
    }

    // "offset size t name", or without the size for assembly code.
    private static bool TryRead(
        string[] parts, out ulong offset, out ulong size, out string name)
    {
        size = 0;
        name = parts[^1];
        offset = 0;
        bool sized = parts.Length == 4;
        if (parts.Length < 3 || parts[sized ? 2 : 1] is not ("t" or "T"))
            return false;
        if (!sized)
            name = string.Join(' ', parts[2..]);
        else
            size = ulong.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return ulong.TryParse(
            parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out offset);
    }

    // ILC writes "Assembly_Name_Space_Type__Method": two underscores part type and method.
    private static string Readable(string name)
    {
        name = name.Replace("S_P_CoreLib_", "");
        int method = name.LastIndexOf("__", StringComparison.Ordinal);
        return method <= 0
            ? name
            : name[..method].Replace('_', '.') + "." + name[(method + 2)..];
    }
}
