using System.Threading;

namespace MemOS.Fuzz;

/// <summary>
/// Memory that the supervisor and all workers have: what was seen, how many calls were made, and
/// numbers that workers pass to one another. Nobody trusts what stands there.
/// </summary>
/// <param name="start">Where it is mapped.</param>
internal sealed unsafe class Board(ulong start)
{
    /// <summary>Its length.</summary>
    internal const int Bytes = SeenBytes + (2 * 4096);

    /// <summary>How many workers have a place on it at a time.</summary>
    internal const int Slots = 64;

    private const int SeenBytes = 256 * 256;
    private const int Shared = 128;

    private ulong* Counts => (ulong*)(start + SeenBytes);

    private ulong* Workers => Counts + Slots;

    private ulong* Segments => Workers + Slots;

    /// <summary>Notes what a call gave.</summary>
    // Safe, here and below: the places lie on the board, which stays mapped; a worker that unmaps
    // it ends at the next use.
    internal void Note(byte code, byte error) => *(byte*)(start + ((uint)code << 8) + error) = 1;

    /// <summary>Counts a call of a worker's.</summary>
    internal void Count(int slot) => Volatile.Write(ref Counts[slot], Counts[slot] + 1);

    /// <summary>The calls of a place, from the start.</summary>
    internal ulong CountOf(int slot) => Volatile.Read(ref Counts[slot]);

    /// <summary>A place has another worker.</summary>
    internal void SetWorker(int slot, ulong process) => Workers[slot] = process;

    /// <summary>A worker beside this one, or none.</summary>
    internal ulong Neighbour(ref Chance chance) => Workers[chance.Below(Slots) % 8];

    /// <summary>Tells the neighbours of a segment.</summary>
    internal void Publish(ref Chance chance, ulong segment) =>
        Segments[chance.Below(Shared)] = segment;

    /// <summary>A segment that somebody has told of.</summary>
    internal ulong Published(ref Chance chance) => Segments[chance.Below(Shared)];

    /// <summary>How many different outcomes there were: a code and an error.</summary>
    internal int Kinds()
    {
        int kinds = 0;
        for (int i = 0; i < SeenBytes; i++)
            kinds += *(byte*)(start + (uint)i);
        return kinds;
    }
}
