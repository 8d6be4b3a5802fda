namespace Cosmos.Runtime.Exceptions;

/// <summary>A frame description entry of <c>.eh_frame</c> (DWARF 5, section 6.4.1).</summary>
internal unsafe struct FunctionEntry
{
    private byte* _commonProgram;
    private byte* _commonProgramEnd;
    private byte* _program;
    private byte* _programEnd;

    /// <summary>The function's first address.</summary>
    internal ulong Start { get; private set; }

    /// <summary>The function's length in bytes.</summary>
    internal ulong Length { get; private set; }

    /// <summary>ILC's unwind block of the function, or null.</summary>
    internal byte* LanguageData { get; private set; }

    internal static FunctionEntry Read(byte* entry)
    {
        FunctionEntry result = default;
        uint length = *(uint*)entry;
        byte* body = entry + 4;
        byte* common = body - *(int*)body;
        bool hasLanguageData = result.ReadCommon(common);
        byte* at = body + 4;
        result.Start = (ulong)(at + *(int*)at);
        result.Length = *(uint*)(at + 4);
        at += 8;
        ulong augmentation = Leb128.ReadUnsigned(ref at);
        if (hasLanguageData && *(int*)at != 0)
            result.LanguageData = at + *(int*)at;
        result._program = at + augmentation;
        result._programEnd = body + length;
        return result;
    }

    /// <summary>Turns a frame's registers into those of its caller.</summary>
    internal readonly void Unwind(ref RegisterContext registers, ulong controlPoint)
    {
        UnwindRules rules = new();
        rules.Run(_commonProgram, _commonProgramEnd, 0, ulong.MaxValue);
        rules.Run(_program, _programEnd, Start, controlPoint);
        rules.Apply(ref registers);
    }

    // Returns whether entries of this kind point to language data. ILC writes "zR", "zLR" and no
    // personality.
    private bool ReadCommon(byte* common)
    {
        byte* end = common + 4 + *(uint*)common;
        byte* at = common + 8 + 1;
        bool hasLanguageData = false;
        for (; *at != 0; at++)
        {
            if (*at == 'L')
                hasLanguageData = true;
            else if (*at is not ((byte)'z' or (byte)'R'))
                Platform.Fail("Unwind data of a form that ILC does not write.");
        }
        at++;
        Leb128.ReadUnsigned(ref at);
        Leb128.ReadSigned(ref at);
        Leb128.ReadUnsigned(ref at);
        ulong augmentation = Leb128.ReadUnsigned(ref at);
        _commonProgram = at + augmentation;
        _commonProgramEnd = end;
        return hasLanguageData;
    }
}
