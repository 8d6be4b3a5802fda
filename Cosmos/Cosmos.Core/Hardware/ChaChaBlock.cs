using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cosmos.Core.Hardware;

/// <summary>
/// The ChaCha20 block function (RFC 8439, 2.3), a row of the state in a vector: four words are
/// worked on at once.
/// </summary>
internal static class ChaChaBlock
{
    private const int DoubleRounds = 10;

    /// <summary>The first row of the state: "expand 32-byte k".</summary>
    private static Vector128<uint> Constants =>
        Vector128.Create(0x61707865u, 0x3320646Eu, 0x79622D32u, 0x6B206574u);

    /// <summary>Makes 64 bytes, as four rows.</summary>
    /// <param name="key0">The first half of the key.</param>
    /// <param name="key1">The second half.</param>
    /// <param name="count">Counter and nonce, differing for each block of a key.</param>
    /// <param name="block">The four rows.</param>
    internal static void Make(
        Vector128<uint> key0, Vector128<uint> key1, Vector128<uint> count, out Rows block)
    {
        Vector128<uint> a = Constants;
        Vector128<uint> b = key0;
        Vector128<uint> c = key1;
        Vector128<uint> d = count;
        for (int i = 0; i < DoubleRounds; i++)
        {
            Round(ref a, ref b, ref c, ref d);

            // Turns diagonals into columns, and back below.
            b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
            Round(ref a, ref b, ref c, ref d);
            b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
        }

        block = new Rows(a + Constants, b + key0, c + key1, d + count);
    }

    // Four quarter rounds (RFC 8439, 2.1).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c,
        ref Vector128<uint> d)
    {
        a += b;
        d = TurnLeft(d ^ a, 16);
        c += d;
        b = TurnLeft(b ^ c, 12);
        a += b;
        d = TurnLeft(d ^ a, 8);
        c += d;
        b = TurnLeft(b ^ c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> TurnLeft(Vector128<uint> words, int bits) =>
        (words << bits) | (words >>> (32 - bits));

    /// <summary>A block as four rows of four words.</summary>
    internal readonly record struct Rows(
        Vector128<uint> A, Vector128<uint> B, Vector128<uint> C, Vector128<uint> D);
}
