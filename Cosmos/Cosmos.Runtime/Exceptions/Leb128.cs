namespace Cosmos.Runtime.Exceptions;

/// <summary>Variable-length integers of DWARF (DWARF 5, section 7.6).</summary>
internal static unsafe class Leb128
{
    internal static ulong ReadUnsigned(ref byte* at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = *at++;
            value |= (ulong)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
                return value;
        }
    }

    internal static long ReadSigned(ref byte* at)
    {
        long value = 0;
        int shift = 0;
        byte part;
        do
        {
            part = *at++;
            value |= (long)(part & 0x7F) << shift;
            shift += 7;
        }
        while ((part & 0x80) != 0);
        return (part & 0x40) != 0 && shift < 64 ? value | (-1L << shift) : value;
    }
}
