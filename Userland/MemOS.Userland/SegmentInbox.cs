using System.Threading;
using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>Segments that others give this process, in the order in which they come.</summary>
/// <remarks>It stands on the signal RECV_SHARED_AMS. Only the first thread may take.</remarks>
public static unsafe class SegmentInbox
{
    // As many as signals can wait; what is more than that is lost to the inbox alone.
    private const int Room = 64;

    private static readonly ulong[] _ids = new ulong[Room];

    // Counts, so that waiting for a change of one is waiting for a segment.
    private static uint _come;
    private static uint _taken;

    /// <summary>
    /// Begins to listen; what came before is told now. The program is ready for signals then.
    /// </summary>
    public static void Open() => Signals.Handle(SignalCode.RecvSharedAms, Keep);

    /// <summary>Waits for the next segment.</summary>
    /// <param name="milliseconds">How long.</param>
    /// <returns>
    /// The segment; null if none has come, or if it was taken back before it was looked at.
    /// </returns>
    public static Segment? Take(uint milliseconds = MemoryWord.Forever)
    {
        // Safe: statics do not move.
        fixed (uint* come = &_come)
        {
            while (Volatile.Read(ref _come) == _taken)
            {
                if (!MemoryWord.Wait(Address.Of(come), _taken, milliseconds))
                    return null;
            }
        }
        return Segment.TryOpen(new(_ids[_taken++ % Room]));
    }

    // Between any two instructions of the program: it only sets fields.
    private static void Keep(Signal signal)
    {
        if (_come - _taken >= Room)
            return;
        _ids[_come % Room] = signal.Second;
        Volatile.Write(ref _come, _come + 1);
    }
}
