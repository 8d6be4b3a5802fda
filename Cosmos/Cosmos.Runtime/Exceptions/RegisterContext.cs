using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Exceptions;

/// <summary>
/// Registers of one stack frame, indexed by DWARF number (System V ABI, AMD64 supplement,
/// figure 3.36). Exceptions.asm knows this layout.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RegisterContext
{
    internal const int Rbx = 3;
    internal const int Rbp = 6;
    internal const int Rsp = 7;
    internal const int R12 = 12;
    internal const int Rip = 16;
    internal const int Count = 17;

    private fixed ulong _values[Count];

    /// <summary>A register by its DWARF number.</summary>
    internal ulong this[int register]
    {
        get => _values[register];
        set => _values[register] = value;
    }
}
