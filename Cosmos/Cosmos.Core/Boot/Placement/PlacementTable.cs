namespace Cosmos.Core.Boot.Placement;

/// <summary>
/// What the build says of the image: where its pieces of code start, and where something refers
/// to something that can move against it. IL2CPU's <c>PlacementTable</c> describes the form.
/// </summary>
internal readonly unsafe struct PlacementTable
{
    private const int HeaderWords = 5;

    private readonly uint* _words;

    internal PlacementTable(byte* start) => _words = (uint*)start;

    /// <summary>How many pieces of code there are.</summary>
    internal int PieceCount => (int)_words[0];

    /// <summary>How many references there are in code, in constants and in data.</summary>
    internal uint TextReferences => _words[1];

    internal uint ConstantReferences => _words[2];

    internal uint DataReferences => _words[3];

    /// <summary>How many words hold an address.</summary>
    internal uint Addresses => _words[4];

    /// <summary>The start of each piece, counted from the first.</summary>
    internal uint* Pieces => _words + HeaderWords;

    /// <summary>The places: of the references by their parts, then of the addresses.</summary>
    internal PlaceReader Places => new((byte*)(Pieces + PieceCount));
}

/// <summary>Reads rising places, each as the distance from the one before.</summary>
internal unsafe ref struct PlaceReader(byte* at)
{
    private const byte Long = 0xFF;

    private byte* _at = at;
    private byte* _place;

    /// <summary>Begins a list whose first place counts from <paramref name="start"/>.</summary>
    internal void StartAt(byte* start) => _place = start;

    internal byte* Next()
    {
        uint distance = *_at++;
        if (distance == Long)
        {
            distance = *(uint*)_at;
            _at += sizeof(uint);
        }
        _place += distance;
        return _place;
    }
}
