using Iced.Intel;
using MemOS.Instructions.Registers;

namespace MemOS.Instructions;

/// <summary>
/// The decoder's names of registers and sizes, in terms of this library. Iced's own tables would
/// do, but they are made at their first use and the kernel has no need of the rest.
/// </summary>
internal static class IcedNames
{
    private const int HighByteShift = 8;
    private const int LegacyByteRegisters = 4;

    /// <summary>Whether it is one of the 16 XMM registers.</summary>
    internal static bool IsVector(this Register register) =>
        register is >= Register.XMM0 and <= Register.XMM15;

    /// <summary>How much a register holds; none if it is no register of programs here.</summary>
    internal static OperandSize Size(this Register register) => register switch
    {
        >= Register.AL and <= Register.R15L => OperandSize.Byte,
        >= Register.AX and <= Register.R15W => OperandSize.Word,
        >= Register.EAX and <= Register.R15D => OperandSize.Double,
        >= Register.RAX and <= Register.R15 => OperandSize.Quad,
        >= Register.XMM0 and <= Register.XMM15 => OperandSize.Vector,
        _ => OperandSize.None,
    };

    /// <summary>The number of an XMM register.</summary>
    internal static int VectorNumber(this Register register) => register - Register.XMM0;

    /// <summary>The part of RAX that has a size.</summary>
    internal static Register Accumulator(this OperandSize size) => size switch
    {
        OperandSize.Byte => Register.AL,
        OperandSize.Word => Register.AX,
        OperandSize.Double => Register.EAX,
        _ => Register.RAX,
    };

    /// <summary>What a general-purpose register, or a part of one, holds.</summary>
    internal static ulong Read(this Register register, in RegisterFile registers)
    {
        ulong all = registers.Read(register.Whole());
        return register.Size().Truncate(register.IsHighByte() ? all >> HighByteShift : all);
    }

    /// <summary>
    /// Gives a general-purpose register, or a part of one, another value. The parts of 32 bits
    /// clear what is above them, the smaller ones keep it (Intel SDM 1, 3.4.1.1).
    /// </summary>
    internal static void Write(this Register register, ref RegisterFile registers, ulong value)
    {
        ref ulong all = ref registers[register.Whole()];
        int shift = register.IsHighByte() ? HighByteShift : 0;
        OperandSize size = register.Size();
        value = size.Truncate(value);
        if (size < OperandSize.Double)
            value = (all & ~(size.Truncate(ulong.MaxValue) << shift)) | (value << shift);
        all = value;
    }

    /// <summary>How many bytes the decoder means; none if not 1, 2, 4, 8 or 16.</summary>
    internal static OperandSize Bytes(this MemorySize size) => size switch
    {
        MemorySize.UInt8 or MemorySize.Int8 => OperandSize.Byte,
        MemorySize.UInt16 or MemorySize.Int16 => OperandSize.Word,
        MemorySize.UInt32 or MemorySize.Int32 or MemorySize.Float32 => OperandSize.Double,
        MemorySize.UInt64 or MemorySize.Int64 or MemorySize.Float64
            or MemorySize.Packed64_Float32 => OperandSize.Quad,
        MemorySize.UInt128 or MemorySize.Int128
            or MemorySize.Packed128_UInt8 or MemorySize.Packed128_Int8
            or MemorySize.Packed128_UInt16 or MemorySize.Packed128_Int16
            or MemorySize.Packed128_UInt32 or MemorySize.Packed128_Int32
            or MemorySize.Packed128_UInt64 or MemorySize.Packed128_Int64
            or MemorySize.Packed128_Float32 or MemorySize.Packed128_Float64
            => OperandSize.Vector,
        _ => OperandSize.None,
    };

    // AH, CH, DH and BH lie in the registers that AL, CL, DL and BL are the low bytes of.
    private static bool IsHighByte(this Register register) =>
        register is >= Register.AH and <= Register.BH;

    private static GeneralRegister Whole(this Register register) =>
        (GeneralRegister)(register switch
        {
            >= Register.RAX => register - Register.RAX,
            >= Register.EAX => register - Register.EAX,
            >= Register.AX => register - Register.AX,
            >= Register.SPL => register - Register.SPL + LegacyByteRegisters,
            >= Register.AH => register - Register.AH,
            _ => register - Register.AL,
        });
}
