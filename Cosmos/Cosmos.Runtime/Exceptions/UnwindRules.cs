namespace Cosmos.Runtime.Exceptions;

/// <summary>
/// Runs call frame instructions (DWARF 5, section 6.4.2) up to an address; what comes out says
/// where the frame's caller left its registers.
/// </summary>
internal unsafe struct UnwindRules
{
    private const int DataAlignment = -8;

    private ulong _frameRegister;
    private long _frameOffset;
    private uint _saved;
    private fixed int _offsets[RegisterContext.Count];

    /// <summary>Runs a program whose rows start at <paramref name="address"/>.</summary>
    internal void Run(byte* at, byte* end, ulong address, ulong until)
    {
        while (at < end && address <= until)
        {
            byte operation = *at++;
            byte operand = (byte)(operation & 0x3F);
            switch (operation >> 6)
            {
                case 1:
                    address += operand;
                    break;
                case 2:
                    Save(operand, (long)Leb128.ReadUnsigned(ref at) * DataAlignment);
                    break;
                case 3:
                    _saved &= ~(1u << operand);
                    break;
                default:
                    RunExtended(operation, ref at, ref address);
                    break;
            }
        }
    }

    /// <summary>Turns a frame's registers into its caller's.</summary>
    internal readonly void Apply(ref RegisterContext registers)
    {
        ulong frame = registers[(int)_frameRegister] + (ulong)_frameOffset;
        for (int i = 0; i < RegisterContext.Count; i++)
        {
            if ((_saved & (1u << i)) != 0)
                registers[i] = *(ulong*)(frame + (ulong)(long)_offsets[i]);
        }
        registers[RegisterContext.Rsp] = frame;
    }

    private void RunExtended(byte operation, ref byte* at, ref ulong address)
    {
        switch (operation)
        {
            case 0x00:
                break;
            case 0x02:
                address += *at++;
                break;
            case 0x03:
                address += *(ushort*)at;
                at += 2;
                break;
            case 0x04:
                address += *(uint*)at;
                at += 4;
                break;
            case 0x0C:
                _frameRegister = Leb128.ReadUnsigned(ref at);
                _frameOffset = (long)Leb128.ReadUnsigned(ref at);
                break;
            case 0x0D:
                _frameRegister = Leb128.ReadUnsigned(ref at);
                break;
            case 0x0E:
                _frameOffset = (long)Leb128.ReadUnsigned(ref at);
                break;
            default:
                Platform.Fail("A call frame instruction that ILC does not write.");
                break;
        }
    }

    private void Save(int register, long offset)
    {
        if (register >= RegisterContext.Count)
            Platform.Fail("Unwind data names a register that is not kept.");
        _offsets[register] = (int)offset;
        _saved |= 1u << register;
    }
}
