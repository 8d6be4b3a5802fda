namespace MemOS.Instructions.Registers;

/// <summary>A general-purpose register, as instructions number it (Intel SDM 2B, 3.1.1).</summary>
public enum GeneralRegister
{
    Rax = 0,
    Rcx,
    Rdx,
    Rbx,
    Rsp,
    Rbp,
    Rsi,
    Rdi,
    R8,
    R9,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15,
}
