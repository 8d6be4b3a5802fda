namespace Cosmos.Runtime.Exceptions;

/// <summary>What a clause does with an exception; the values are those of ILC's tables.</summary>
internal enum ClauseKind : byte
{
    Typed = 0,
    Fault = 1,
    Filter = 2,
}

/// <summary>One try block and its handler. Offsets count from the method's first byte.</summary>
internal unsafe struct Clause
{
    internal ClauseKind Kind;
    internal uint TryStart;
    internal uint TryEnd;
    internal byte* Handler;
    internal byte* Filter;
    internal nint Type;

    internal readonly bool Covers(uint offset) => offset >= TryStart && offset < TryEnd;

    internal readonly bool SameTry(in Clause other) =>
        TryStart == other.TryStart && TryEnd == other.TryEnd;
}

/// <summary>
/// Reads a method's clauses, innermost first, from the unwind block that ILC writes into
/// <c>.dotnet_eh_table</c>.
/// </summary>
internal unsafe ref struct MethodClauses
{
    private const byte KindMask = 0x03;
    private const byte KindRoot = 0x00;
    private const byte HasClauses = 0x04;
    private const byte ReversePInvoke = 0x08;
    private const byte HasAssociatedData = 0x10;

    private byte* _at;
    private uint _left;
    private byte* _method;

    /// <summary>Address of the method proper, of which a funclet is a part.</summary>
    internal readonly ulong MethodStart => (ulong)_method;

    /// <summary>Opens the clauses of a function, which may be a funclet.</summary>
    internal static MethodClauses Of(in FunctionEntry function)
    {
        MethodClauses result = default;
        result._method = (byte*)function.Start;
        byte* block = function.LanguageData;
        if (block == null)
            return result;
        byte flags = *block++;
        if ((flags & KindMask) != KindRoot)
        {
            byte* main = block + *(int*)block;
            block += sizeof(int);
            result._method -= *(int*)block;
            block = main;
            flags = *block++;
        }
        if ((flags & HasAssociatedData) != 0)
            block += sizeof(int);
        if ((flags & HasClauses) == 0)
            return result;
        result._at = block + *(int*)block;
        result._left = ReadUnsigned(ref result._at);
        return result;
    }

    /// <summary>Whether unmanaged code called this function: exceptions end here.</summary>
    internal static bool IsCalledFromOutside(in FunctionEntry function) =>
        function.LanguageData != null
        && (*function.LanguageData & (KindMask | ReversePInvoke)) == (KindRoot | ReversePInvoke);

    /// <summary>Reads the next clause.</summary>
    internal bool Next(out Clause clause)
    {
        clause = default;
        if (_left == 0)
            return false;
        _left--;
        clause.TryStart = ReadUnsigned(ref _at);
        uint lengthAndKind = ReadUnsigned(ref _at);
        clause.TryEnd = clause.TryStart + (lengthAndKind >> 2);
        clause.Kind = (ClauseKind)(lengthAndKind & 3);
        clause.Handler = _method + ReadUnsigned(ref _at);
        if (clause.Kind == ClauseKind.Typed)
        {
            clause.Type = (nint)(_at + *(int*)_at);
            _at += sizeof(int);
        }
        else if (clause.Kind == ClauseKind.Filter)
        {
            clause.Filter = _method + ReadUnsigned(ref _at);
        }
        return true;
    }

    // NativeFormat unsigned integer: the count of trailing one bits is the count of extra bytes.
    private static uint ReadUnsigned(ref byte* at)
    {
        uint first = *at;
        if ((first & 1) == 0)
        {
            at += 1;
            return first >> 1;
        }
        if ((first & 2) == 0)
        {
            uint value = (first >> 2) | ((uint)at[1] << 6);
            at += 2;
            return value;
        }
        if ((first & 4) == 0)
        {
            uint value = (first >> 3) | ((uint)at[1] << 5) | ((uint)at[2] << 13);
            at += 3;
            return value;
        }
        if ((first & 8) == 0)
        {
            uint value = *(uint*)at >> 4;
            at += 4;
            return value;
        }
        uint wide = *(uint*)(at + 1);
        at += 5;
        return wide;
    }
}
