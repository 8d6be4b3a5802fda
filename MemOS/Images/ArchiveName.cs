using System;
using System.Text;

namespace MemOS.Images;

/// <summary>
/// The name of a file in an archive, in printable ASCII. The header holds it in two parts, which a
/// slash joins when the first is not empty.
/// </summary>
public readonly ref struct ArchiveName
{
    private const byte Slash = (byte)'/';

    private readonly ReadOnlySpan<byte> _prefix;
    private readonly ReadOnlySpan<byte> _rest;

    internal ArchiveName(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> rest)
    {
        _prefix = prefix;
        _rest = rest;
    }

    /// <summary>How many characters it has: 1 to 256, or 0 for <c>default</c>.</summary>
    public int Length => RestStart + _rest.Length;

    private int RestStart => _prefix.IsEmpty ? 0 : _prefix.Length + 1;

    internal bool IsPrintable =>
        !_rest.IsEmpty && !_prefix.ContainsAnyExceptInRange((byte)' ', (byte)'~')
        && !_rest.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    /// <summary>Whether this is the name; capitals count.</summary>
    public bool Is(ReadOnlySpan<char> name)
    {
        if (name.Length != Length)
        {
            return false;
        }

        return _prefix.IsEmpty
            ? Ascii.Equals(_rest, name)
            : Ascii.Equals(_prefix, name[.._prefix.Length])
                && name[_prefix.Length] == Slash
                && Ascii.Equals(_rest, name[RestStart..]);
    }

    /// <summary>Copies the characters, one byte each.</summary>
    /// <param name="target">Where to.</param>
    /// <returns>Whether there was room for all; if not, nothing was copied.</returns>
    public bool TryCopyTo(Span<byte> target)
    {
        if (target.Length < Length)
        {
            return false;
        }

        if (!_prefix.IsEmpty)
        {
            _prefix.CopyTo(target);
            target[_prefix.Length] = Slash;
        }

        _rest.CopyTo(target[RestStart..]);
        return true;
    }

    /// <summary>The name as a new string.</summary>
    public override string ToString()
    {
        Span<byte> name = stackalloc byte[Length];
        TryCopyTo(name);
        Span<char> text = stackalloc char[Length];
        Ascii.ToUtf16(name, text, out _);
        return new string(text);
    }
}
