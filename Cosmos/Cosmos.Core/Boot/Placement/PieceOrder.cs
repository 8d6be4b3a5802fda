using System.Runtime.CompilerServices;

namespace Cosmos.Core.Boot.Placement;

/// <summary>The order of the pieces of code: each is as likely as another.</summary>
internal readonly unsafe ref struct PieceOrder
{
    /// <summary>What the place of a piece is a multiple of, at least.</summary>
    private const uint Granule = 16;

    // Compilers align what has loops to this.
    private const uint LoopAlignment = 32;

    // The pieces in their new order, and how far each granule of the text moves.
    private readonly uint* _order;
    private readonly int* _shifts;

    private readonly uint* _starts;
    private readonly int _count;
    private readonly uint _bytes;

    /// <summary>Draws an order, and gives each piece its place.</summary>
    /// <param name="table">The pieces.</param>
    /// <param name="bytes">Length of the text.</param>
    /// <param name="work">As many bytes as <see cref="WorkBytes"/> says.</param>
    /// <param name="random">Where chance comes from.</param>
    internal PieceOrder(
        in PlacementTable table, ulong bytes, byte* work, ref BootRandom random)
    {
        _starts = table.Pieces;
        _count = table.PieceCount;
        _bytes = (uint)bytes;
        _order = (uint*)work;
        _shifts = (int*)(_order + _count);
        for (uint i = 0; i < (uint)_count; i++)
            _order[i] = i;
        for (uint last = (uint)_count - 1; last > 0; last--)
        {
            uint other = random.Below(last + 1);
            (_order[last], _order[other]) = (_order[other], _order[last]);
        }
        Place();
    }

    /// <summary>How many pieces there are.</summary>
    internal int Count => _count;

    /// <summary>Bytes that the text may need in any order.</summary>
    internal static ulong Room(in PlacementTable table, ulong bytes) =>
        bytes + ((ulong)table.PieceCount * LoopAlignment);

    internal static ulong WorkBytes(in PlacementTable table, ulong bytes) =>
        ((ulong)table.PieceCount + (bytes / Granule) + 1) * sizeof(uint);

    /// <summary>The piece that comes at a place of the new order.</summary>
    internal uint PieceAt(int place) => _order[place];

    /// <summary>Old offset of a piece's first byte; for their count, the text's length.</summary>
    internal uint StartOf(uint piece) => piece < (uint)_count ? _starts[piece] : _bytes;

    /// <summary>By how much what is at an old offset moves within the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ShiftAt(ulong offset) => _shifts[offset / Granule];

    /// <summary>Writes down where each piece is, by rising offset.</summary>
    /// <param name="places">One for each piece.</param>
    /// <param name="linked">Offset of the text in the linked image.</param>
    internal void Describe(PiecePlace* places, uint linked)
    {
        for (int i = 0; i < _count; i++)
        {
            uint start = StartOf(_order[i]);
            places[i] = new PiecePlace
            {
                Offset = (uint)(start + ShiftAt(start)),
                Linked = linked + start,
            };
        }
    }

    private void Place()
    {
        uint offset = 0;
        for (int i = 0; i < _count; i++)
        {
            uint start = StartOf(_order[i]);
            uint end = StartOf(_order[i] + 1);
            uint alignment = start % LoopAlignment == 0 ? LoopAlignment : Granule;
            offset = (offset + alignment - 1) & ~(alignment - 1);
            for (uint at = start; at < end; at += Granule)
                _shifts[at / Granule] = (int)(offset - start);
            offset += end - start;
        }
    }
}
