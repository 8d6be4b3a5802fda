using System;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Accesstest;

/// <summary>
/// What instructions do to memory that is served, as the program sees it that uses it.
/// </summary>
/// <param name="checks">The count.</param>
/// <param name="place">Where the device is mapped.</param>
internal sealed unsafe class AccessChecks(Checks checks, ulong place)
{
    private const ulong Carry = 0x1;
    private const ulong Zero = 0x40;
    private const ulong Pattern = 0x8877_6655_4433_2211;
    private const int Length = 37;

    private readonly ulong _own = Memory.Allocate(Memory.PageBytes).Start.Value;

    internal void Run()
    {
        TrySizes();
        TryCombined();
        TryConditions();
        TryVectors();
        TryMoves();
        TryComparisons();
    }

    private void TrySizes()
    {
        Cells.Store64(place, Pattern);
        checks.Equal("8 bytes", Pattern, Cells.Load64(place));
        checks.Equal("4 bytes, not aligned", 0x6655_4433, Cells.Load32(place + 2));
        checks.Equal("2 bytes, not aligned", 0x3322, Cells.Load16(place + 1));
        checks.Equal("1 byte", 0x88, Cells.Load8(place + 7));
        checks.Equal("1 byte with its sign", unchecked((ulong)-0x78),
            (ulong)Cells.LoadSigned8(place + 7));
        checks.Equal("2 bytes with their sign", unchecked((ulong)-0x7789),
            (ulong)Cells.LoadSigned16(place + 6));
        checks.Equal("4 bytes with their sign", unchecked((ulong)-0x7788_99AB),
            (ulong)Cells.LoadSigned32(place + 4));
        Cells.Store8(place, 0xAA);
        Cells.Store16(place + 1, 0xBBBB);
        Cells.Store32(place + 3, 0xCCCC_CCCC);
        checks.Equal("stores of all sizes", 0x88CC_CCCC_CCBB_BBAA, Cells.Load64(place));
        ulong across = place + Memory.PageBytes - 3;
        Cells.Store64(across, Pattern);
        checks.Equal("across two pages", Pattern, Cells.Load64(across));
    }

    private void TryCombined()
    {
        Cells.Store64(place, 5);
        ulong flags = Uses.Add(place, unchecked((ulong)-5));
        checks.That("a sum's flags", (flags & (Carry | Zero)) == (Carry | Zero));
        checks.Equal("a sum", 0, Cells.Load64(place));
        flags = Uses.SubtractByte(place, 1);
        checks.Equal("a difference of bytes", 0xFF, Cells.Load64(place));
        checks.That("its flags", (flags & (Carry | Zero)) == Carry);
        checks.Equal("an exchange gives the old", 0xFF, Uses.Exchange(place, Pattern));
        checks.Equal("and leaves the new", Pattern, Cells.Load64(place));
        checks.Equal("an exchange with a sum", 0x4433_2211, Uses.ExchangeAdd(place, 0x10));
        checks.Equal("of 4 bytes", Pattern + 0x10, Cells.Load64(place));
        checks.Equal("a comparison that fails gives what is there",
            Pattern + 0x10, Uses.CompareExchange(place, 1, 2));
        checks.Equal("and changes nothing", Pattern + 0x10, Cells.Load64(place));
        Uses.CompareExchange(place, Pattern + 0x10, 2);
        checks.Equal("one that holds exchanges", 2, Cells.Load64(place));
        Cells.Store64(place, 0x12FF);
        Uses.IncrementByte(place);
        checks.Equal("a byte is counted up", 0x1200, Cells.Load64(place));
        Uses.ShiftWord(place, 3);
        checks.Equal("a word is shifted", 0x9000, Cells.Load64(place));
        Cells.Store64(place + 8, 0);
        Uses.SetBit(place, 64 + 13);
        checks.Equal("a bit is set further on", 1 << 13, Cells.Load64(place + 8));
        checks.Equal("and nowhere else", 0x9000, Cells.Load64(place));
    }

    private void TryConditions()
    {
        Cells.Store64(place, Pattern);
        Uses.SetIfBelow(place, 1, 2);
        Uses.SetIfBelow(place + 1, 2, 1);
        checks.Equal("conditions are stored", 0x8877_6655_4433_0001, Cells.Load64(place));
        checks.Equal("a load whose condition holds", 0x4433_0001,
            Uses.MoveIfBelow(place, 1, 2));
        checks.Equal("one whose does not", 0xFFFF_FFFF, Uses.MoveIfBelow(place, 2, 1));
        checks.Equal("a push", 0x8877_6655_4433_0001, Uses.Push(place));
        Uses.Pop(place, Pattern);
        checks.Equal("a pop", Pattern, Cells.Load64(place));
    }

    private void TryVectors()
    {
        Cells.Store64(_own, Pattern);
        Cells.Store64(_own + 8, ~Pattern);
        Uses.StoreVector(place + 32, _own);
        checks.Equal("the low half of 16 bytes", Pattern, Cells.Load64(place + 32));
        checks.Equal("the high half", ~Pattern, Cells.Load64(place + 40));
        Uses.LoadVector(place + 36, _own);
        checks.Equal("16 bytes, not aligned", Cells.Load64(place + 36), Cells.Load64(_own));
        checks.Equal("all of them", Cells.Load64(place + 44), Cells.Load64(_own + 8));
        Uses.StoreSingle(place + 1, _own);
        checks.Equal("4 bytes of a vector", Cells.Load32(_own), Cells.Load32(place + 1));
    }

    private void TryMoves()
    {
        for (uint i = 0; i < Length; i++)
            Cells.Store8(_own + i, (byte)(i * 7));
        ulong across = place + Memory.PageBytes - 5;
        checks.Equal("a string is moved to it", 0, Uses.MoveBytes(across, _own, Length));
        checks.That("all of it", IsAlike(across, _own, Length));
        checks.Equal("and from it", 0, Uses.MoveBytes(_own + 512, across, Length));
        checks.That("all of that", IsAlike(_own + 512, _own, Length));
        checks.Equal("and from there to there", 0, Uses.MoveBytes(place + 64, across, Length));
        checks.That("all of that too", IsAlike(place + 64, _own, Length));
        checks.Equal("downwards", 0, Uses.MoveQuadsDown(place + 256 + 24, _own + 24, 4));
        checks.That("from the last on", IsAlike(place + 256, _own, 32));
        checks.Equal("it is filled", 0, Uses.Fill(place + 512, 0xAABB_CCDD, 5));
        checks.Equal("to the last", 0xAABB_CCDD, Cells.Load32(place + 512 + 16));
        checks.Equal("a word is taken", Cells.Load16(place + 66), Uses.TakeWord(place + 66));
        new ReadOnlySpan<byte>((void*)_own, 200).CopyTo(new Span<byte>((void*)place, 200));
        checks.That("a span is copied to it", IsAlike(place, _own, 200));
    }

    private void TryComparisons()
    {
        Uses.MoveBytes(place, _own, Length);
        checks.Equal("what is alike", 0, Uses.Compare(place, _own, Length));
        Cells.Store8(place + 9, 1);
        checks.Equal("what is not, from there on", Length - 10, Uses.Compare(place, _own, Length));
        checks.Equal("a byte is found", Length - 10, Uses.Find(place, 1, Length));
        checks.Equal("one that is not there is not", 0, Uses.Find(place, 2, Length));
    }

    private static bool IsAlike(ulong left, ulong right, uint bytes)
    {
        for (uint i = 0; i < bytes; i++)
        {
            if (Cells.Load8(left + i) != Cells.Load8(right + i))
                return false;
        }
        return true;
    }
}
