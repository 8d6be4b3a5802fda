using MemOS.Abi;
using MemOS.Modeltest.Model;

namespace MemOS.Modeltest.Peers;

/// <summary>What backers among the peers answer: the same at both ends.</summary>
internal static class Supplies
{
    // Of eight pages one is refused, in one way or the other.
    private const ulong Turn = 8;
    private const ulong RefusedInTurn = 5;

    // No peer writes so often.
    private const uint SuppliedBit = 1u << 31;
    private const int SegmentShift = 16;
    private const uint Mask = 0x7FFF;

    /// <summary>What a backer says to a request about a page.</summary>
    internal static BackerAnswer AnswerFor(ulong page) =>
        page % Turn != RefusedInTurn ? BackerAnswer.Done
        : page / Turn % 2 == 0 ? BackerAnswer.OutOfRange : BackerAnswer.HardwareFault;

    /// <summary>One of the words of a page that are looked at, as it is supplied.</summary>
    /// <param name="backer">The backer's number in the model: the word is a mark of its.</param>
    /// <param name="segment">The segment's number.</param>
    /// <param name="page">Which page of it.</param>
    /// <param name="word">Which word.</param>
    internal static ulong Word(uint backer, ulong segment, ulong page, int word) => Mark.Of(
        backer,
        SuppliedBit | (((uint)segment & Mask) << SegmentShift)
            | (((uint)page & Mask) << 1) | (uint)word);
}
