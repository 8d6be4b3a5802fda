using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Accesstest;

/// <summary>
/// What this process serves: two pages that are like memory, and some where accesses end in other
/// ways. Keeps account of what it was told.
/// </summary>
internal static unsafe class Device
{
    /// <summary>Pages that are like memory, from the first on.</summary>
    internal const int MemoryPages = 2;

    /// <summary>Answered by "hardware fault".</summary>
    internal const int Broken = 2;

    /// <summary>Answered by "out of range".</summary>
    internal const int OutOfRange = 3;

    /// <summary>Answered by a code that does not exist.</summary>
    internal const int NoAnswer = 4;

    /// <summary>Answered too late.</summary>
    internal const int Late = 5;

    /// <summary>Answered late, but in time.</summary>
    internal const int Slow = 6;

    /// <summary>Answered after the user was told of something else.</summary>
    internal const int Interrupts = 7;

    /// <summary>Not answered: the process ends.</summary>
    internal const int Ends = 8;

    /// <summary>Of 16 bytes only the first 8 are there.</summary>
    internal const int Half = 9;

    /// <summary>Pages of all.</summary>
    internal const int Pages = 10;

    private const uint LateMilliseconds = SyscallConvention.BackerMilliseconds + 400;
    private const uint SlowMilliseconds = 100;
    private const int MostTraced = 64;

    private static readonly Access[] _trace = new Access[MostTraced];
    private static byte* _cells;

    /// <summary>One access that the device was told of.</summary>
    internal readonly record struct Access(SignalCode Code, ulong Offset, int Bytes, ulong Value);

    /// <summary>The segment.</summary>
    internal static Segment Segment { get; private set; } = null!;

    /// <summary>How many accesses the device was told of since the last reset.</summary>
    internal static int Count { get; private set; }

    /// <summary>What is done before <see cref="Interrupts"/> answers.</summary>
    internal static Action? Interruption { get; set; }

    /// <summary>Makes the segment.</summary>
    internal static void Start()
    {
        _cells = (byte*)Memory.Allocate(MemoryPages * Memory.PageBytes).Start.Value;
        Segment = new ServedSegment(Pages * Memory.PageBytes, Load, Store).Segment;
    }

    /// <summary>Begins to count anew.</summary>
    internal static void Reset() => Count = 0;

    /// <summary>An access, counted from the last reset.</summary>
    internal static Access Traced(int number) => _trace[number];

    /// <summary>What a page that is not like memory gives for a load.</summary>
    internal static ulong Word(ulong offset) => offset ^ 0x5A5A_0000_A5A5;

    private static BackerAnswer Load(nuint offset, int bytes, out ulong value)
    {
        BackerAnswer answer = Note(new Access(SignalCode.ReadBackedAms, offset, bytes, 0));
        value = Word(offset);
        if (offset < MemoryPages * Memory.PageBytes)
        {
            value = 0;
            for (int i = bytes; --i >= 0;)
                value = (value << 8) | _cells[(int)offset + i];
            // What is beyond the bytes that were asked for does not count.
            if (bytes < sizeof(ulong))
                value |= ulong.MaxValue << (8 * bytes);
        }
        return answer;
    }

    private static BackerAnswer Store(nuint offset, int bytes, ulong value)
    {
        BackerAnswer answer =
            Note(new Access(SignalCode.WriteBackedAms, offset, bytes, value));
        if (offset < MemoryPages * Memory.PageBytes)
        {
            for (int i = 0; i < bytes; i++)
                _cells[(int)offset + i] = (byte)(value >> (8 * i));
        }
        return answer;
    }

    private static BackerAnswer Note(in Access access)
    {
        if (Count < MostTraced)
            _trace[Count] = access;
        Count++;
        switch ((int)(access.Offset / Memory.PageBytes))
        {
            case Broken:
                return BackerAnswer.HardwareFault;
            case OutOfRange:
                return BackerAnswer.OutOfRange;
            case NoAnswer:
                return (BackerAnswer)7;
            case Late:
                Clock.Sleep(LateMilliseconds);
                return BackerAnswer.Done;
            case Slow:
                Clock.Sleep(SlowMilliseconds);
                return BackerAnswer.Done;
            case Interrupts:
                Interruption?.Invoke();
                Clock.Sleep(SlowMilliseconds);
                return BackerAnswer.Done;
            case Ends:
                Process.Exit(Program.Right);
                return BackerAnswer.Done;
            case Half:
                return access.Offset % 16 == 0 ? BackerAnswer.Done : BackerAnswer.OutOfRange;
            default:
                return BackerAnswer.Done;
        }
    }
}
