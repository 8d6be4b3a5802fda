namespace Cosmos.Runtime.Loading;

/// <summary>
/// The stub that ILC puts before an instance method of a structure: it steps over the box's
/// header (<c>add rdi, 8</c>) and jumps to the method.
/// </summary>
internal static unsafe class UnboxingStub
{
    private const uint StepOverHeader = 0x08C7_8348;
    private const byte JumpNear = 0xE9;
    private const int StepBytes = 4;
    private const int JumpBytes = 5;

    /// <summary>Where a stub leads; the address itself for any other code.</summary>
    internal static byte* TargetOf(byte* code)
    {
        if (*(uint*)code != StepOverHeader || code[StepBytes] != JumpNear)
            return code;
        byte* jump = code + StepBytes;
        return jump + JumpBytes + *(int*)(jump + 1);
    }
}
