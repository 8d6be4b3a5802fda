namespace Cosmos.Core.Interrupts;

/// <summary>
/// Tells the two causes of #DE apart by decoding the division (Intel SDM 2A, chapter 2): a divisor
/// of zero, or a quotient that does not fit.
/// </summary>
internal static unsafe class DivideFault
{
    private const byte OperandSize = 0x66;
    private const byte DivideByte = 0xF6;

    /// <summary>Whether the divisor of the division at the context's instruction is zero.</summary>
    internal static bool IsByZero(INTs.IRQContext* context)
    {
        // Safe: the processor has just executed these bytes.
        byte* code = (byte*)context->RIP;
        bool narrow = *code == OperandSize;
        if (narrow)
            code++;
        int extension = 0;
        if ((*code & 0xF0) == 0x40)
            extension = *code++;
        int bytes = *code == DivideByte ? 1 : (extension & 8) != 0 ? 8 : narrow ? 2 : 4;
        code++;
        int mode = *code >> 6;
        int register = (*code & 7) | ((extension & 1) << 3);
        ulong divisor;
        if (mode == 3)
        {
            // Without a REX prefix, byte registers 4-7 are the second bytes of registers 0-3.
            bool highByte = bytes == 1 && extension == 0 && register >= 4;
            divisor = highByte
                ? Register(context, register - 4) >> 8
                : Register(context, register);
        }
        else
        {
            divisor = Read(Address(context, code, mode, extension, register), bytes);
        }
        return bytes == 8 ? divisor == 0 : (divisor & ((1UL << (bytes * 8)) - 1)) == 0;
    }

    private static ulong Read(ulong address, int bytes) => bytes switch
    {
        1 => *(byte*)address,
        2 => *(ushort*)address,
        4 => *(uint*)address,
        _ => *(ulong*)address,
    };

    private static ulong Address(
        INTs.IRQContext* context, byte* code, int mode, int extension, int register)
    {
        ulong address;
        int low = *code++ & 7;
        bool wide = mode == 2;
        if (low == 4)
        {
            int scaled = *code++;
            int index = ((scaled >> 3) & 7) | ((extension & 2) << 2);
            int root = (scaled & 7) | ((extension & 1) << 3);
            bool rootless = mode == 0 && (scaled & 7) == 5;
            wide |= rootless;
            address = rootless ? 0 : Register(context, root);
            if (index != 4)
                address += Register(context, index) << (scaled >> 6);
        }
        else if (mode == 0 && low == 5)
        {
            // Relative to the next instruction, which a division starts right after.
            return (ulong)(code + 4) + (ulong)(long)*(int*)code;
        }
        else
        {
            address = Register(context, register);
        }
        if (wide)
            return address + (ulong)(long)*(int*)code;
        return mode == 1 ? address + (ulong)(long)*(sbyte*)code : address;
    }

    private static ulong Register(INTs.IRQContext* context, int number) => number switch
    {
        0 => context->RAX,
        1 => context->RCX,
        2 => context->RDX,
        3 => context->RBX,
        4 => context->RSP,
        5 => context->RBP,
        6 => context->RSI,
        7 => context->RDI,
        8 => context->R8,
        9 => context->R9,
        10 => context->R10,
        11 => context->R11,
        12 => context->R12,
        13 => context->R13,
        14 => context->R14,
        _ => context->R15,
    };
}
