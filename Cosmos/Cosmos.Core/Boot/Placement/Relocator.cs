using System.Runtime.CompilerServices;

namespace Cosmos.Core.Boot.Placement;

/// <summary>
/// Copies the parts of the image to their places and makes good what refers to what has moved.
/// </summary>
internal readonly unsafe ref struct Relocator(
    PieceOrder order, PartMove text, PartMove constants, PartMove data)
{
    // int3: what strays between pieces stops.
    private const byte Filler = 0xCC;

    private const int IndexHeaderBytes = 12;
    private const int EntryPlaceOffset = 8;

    private readonly PieceOrder _order = order;
    private readonly PartMove _text = text;
    private readonly PartMove _constants = constants;
    private readonly PartMove _data = data;

    /// <summary>The address at which something of the source will be seen.</summary>
    internal byte* Moved(byte* source) => source + Shift(source);

    /// <summary>Copies everything, as it is.</summary>
    internal void Copy()
    {
        Unsafe.InitBlockUnaligned(_text.Target, Filler, (uint)_text.Bytes);
        for (uint piece = 0; piece < (uint)_order.Count; piece++)
        {
            uint start = _order.StartOf(piece);
            Unsafe.CopyBlockUnaligned(
                _text.Target + start + _order.ShiftAt(start), _text.Source + start,
                _order.StartOf(piece + 1) - start);
        }
        CopyWhole(_constants);
        CopyWhole(_data);
    }

    /// <summary>Makes good what the table lists.</summary>
    /// <param name="table">The table.</param>
    /// <param name="image">Where the linked image's address 0 is in the source.</param>
    internal void Fix(in PlacementTable table, byte* image)
    {
        PlaceReader places = table.Places;
        places.StartAt(_text.Source);
        for (uint i = 0; i < table.TextReferences; i++)
        {
            byte* field = places.Next();
            int shift = _order.ShiftAt((ulong)(field - _text.Source));
            FixReference(field, _text.TargetOf(field) + shift, _text.Slide + shift);
        }
        places.StartAt(_constants.Source);
        for (uint i = 0; i < table.ConstantReferences; i++)
        {
            byte* field = places.Next();
            FixReference(field, _constants.TargetOf(field), _constants.Slide);
        }
        places.StartAt(_data.Source);
        for (uint i = 0; i < table.DataReferences; i++)
        {
            byte* field = places.Next();
            FixReference(field, _data.TargetOf(field), _data.Slide);
        }
        places.StartAt(_constants.Source);
        for (uint i = 0; i < table.Addresses; i++)
        {
            byte* word = places.Next();
            byte* target = word < _data.Source
                ? _constants.TargetOf(word)
                : _data.TargetOf(word);
            *(byte**)target = Moved(image + *(long*)word);
        }
    }

    /// <summary>
    /// Makes good the frames of <c>.eh_frame</c> and their index, which is sorted by address and
    /// so gets the order of the pieces.
    /// </summary>
    /// <param name="index">The index in the source, whose form Cosmos.Runtime checks.</param>
    internal void SortUnwindIndex(byte* index)
    {
        int count = *(int*)(index + IndexHeaderBytes - sizeof(int));
        IndexRow* rows = (IndexRow*)(index + IndexHeaderBytes);
        IndexRow* sorted = (IndexRow*)_constants.TargetOf(rows);
        for (int place = 0; place < _order.Count; place++)
        {
            uint piece = _order.PieceAt(place);
            long start = _text.Source + _order.StartOf(piece) - index;
            long end = _text.Source + _order.StartOf(piece + 1) - index;
            for (int row = FirstRow(rows, count, start); row < count && rows[row].Code < end; row++)
            {
                int move = (int)(Shift(index + rows[row].Code) - _constants.Slide);
                *sorted++ = new IndexRow
                {
                    Code = rows[row].Code + move,
                    Entry = rows[row].Entry,
                };
                *(int*)(_constants.TargetOf(index) + rows[row].Entry + EntryPlaceOffset) += move;
            }
        }
    }

    private static void CopyWhole(in PartMove part)
    {
        Unsafe.CopyBlockUnaligned(part.Target, part.Source, (uint)part.SourceBytes);
        Unsafe.InitBlockUnaligned(
            part.Target + part.SourceBytes, 0, (uint)(part.Bytes - part.SourceBytes));
    }

    // The first row at or after an offset.
    private static int FirstRow(IndexRow* rows, int count, long offset)
    {
        int low = 0;
        int high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (rows[middle].Code < offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private void FixReference(byte* field, byte* target, long fieldShift)
    {
        int distance = *(int*)field;
        *(int*)target = distance + (int)(Shift(field + sizeof(int) + distance) - fieldShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Shift(byte* source)
    {
        ulong inText = (ulong)(source - _text.Source);
        if (inText < _text.SourceBytes)
            return _text.Slide + _order.ShiftAt(inText);
        return source < _data.Source ? _constants.Slide : _data.Slide;
    }

    // Both count from the index's first byte.
    private struct IndexRow
    {
        internal int Code;
        internal int Entry;
    }
}
