using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

namespace MemOS.Backtest;

/// <summary>
/// A segment that this process serves, each page as its number says: most are filled with words
/// that tell where they stand, the last ones are answered in all the wrong ways.
/// </summary>
internal static unsafe class Served
{
    /// <summary>How many pages it has.</summary>
    internal const ulong Pages = 64;

    /// <summary>Pages from here on are answered wrongly.</summary>
    internal const ulong Good = 40;

    /// <summary>Answered by "out of range".</summary>
    internal const ulong OutOfRange = 40;

    /// <summary>Answered by "hardware fault".</summary>
    internal const ulong Broken = 41;

    /// <summary>Answered by a code that does not exist.</summary>
    internal const ulong NoAnswer = 42;

    /// <summary>Answered by an address where nothing is.</summary>
    internal const ulong Nowhere = 43;

    /// <summary>Answered by an address in a page.</summary>
    internal const ulong Unaligned = 44;

    /// <summary>Answered by an address of the kernel's.</summary>
    internal const ulong OfKernel = 45;

    /// <summary>Answered by a page of the segment itself that is not there.</summary>
    internal const ulong Unserved = 46;

    /// <summary>Answered too late.</summary>
    internal const ulong Late = 47;

    /// <summary>Not answered: the process ends.</summary>
    internal const ulong Ends = 48;

    /// <summary>Answered with another page of the segment in hand.</summary>
    internal const ulong ReadsItself = 49;

    private const uint LateMilliseconds = SyscallConvention.BackerMilliseconds + 400;
    private const int WordsInPage = Memory.PageBytes / sizeof(ulong);

    private static ulong* _page;
    private static ulong _mapping;

    /// <summary>The segment.</summary>
    internal static Segment Segment { get; private set; } = null!;

    /// <summary>How often the handler was entered.</summary>
    internal static uint Asked { get; private set; }

    /// <summary>What it was told last, beside segment and offset.</summary>
    internal static ulong Manner { get; private set; }

    /// <summary>Whether all that it was told was about this segment.</summary>
    internal static bool IsToldRight { get; private set; } = true;

    /// <summary>Makes the segment, and maps it.</summary>
    internal static void Start(BackingMode mode = BackingMode.Pages)
    {
        _page = (ulong*)Memory.Allocate(Memory.PageBytes).Start.Value;
        Segment = Make(Pages * Memory.PageBytes, mode);
        _mapping = Segment.Map().Start.Value;
        Signals.Serve(SignalCode.ReadBackedAms, static signal => Answer(signal));
    }

    /// <summary>Makes a segment without a handler.</summary>
    internal static Segment Make(ulong bytes, BackingMode mode) => Segment.TryOpen(new(
        Syscall.Invoke(new Block(bytes, mode)).OrThrow(SyscallCode.BackedAms).Value0))!;

    /// <summary>The word at a place of a page.</summary>
    internal static ulong Word(ulong page, int word) => (page << 32) + (ulong)word + 1;

    /// <summary>Whether all words of a page are as they should be.</summary>
    internal static bool IsRight(ulong mapping, ulong page)
    {
        ulong* words = (ulong*)(mapping + (page * Memory.PageBytes));
        for (int i = 0; i < WordsInPage; i++)
        {
            if (words[i] != Word(page, i))
                return false;
        }
        return true;
    }

    private static SignalAnswer Answer(Signal signal)
    {
        Asked++;
        Manner = signal.Third;
        IsToldRight &= signal.First == Segment.Id.Value && signal.Fourth == 0
            && signal.Second % Memory.PageBytes == 0;
        ulong page = signal.Second / Memory.PageBytes;
        for (int i = 0; i < WordsInPage; i++)
            _page[i] = Word(page, i);
        ulong place = (ulong)_page;
        switch (page)
        {
            case OutOfRange:
                return new SignalAnswer(BackerAnswer.OutOfRange, place);
            case Broken:
                return new SignalAnswer(BackerAnswer.HardwareFault, place);
            case NoAnswer:
                return new SignalAnswer((BackerAnswer)3, place);
            case Nowhere:
                return new SignalAnswer(BackerAnswer.Done, 0x1234_5678_9000);
            case Unaligned:
                return new SignalAnswer(BackerAnswer.Done, place + 8);
            case OfKernel:
                return new SignalAnswer(BackerAnswer.Done, 0xFFFF_FFFF_8000_0000);
            case Unserved:
                return new SignalAnswer(
                    BackerAnswer.Done, _mapping + (OutOfRange * Memory.PageBytes));
            case Late:
                Clock.Sleep(LateMilliseconds);
                break;
            case Ends:
                Process.Exit(Program.Right);
                break;
            case ReadsItself:
                _page[0] = *(ulong*)(_mapping + ((Pages - 1) * Memory.PageBytes));
                break;
            default:
                break;
        }
        return new SignalAnswer(BackerAnswer.Done, place);
    }

    [System.Runtime.InteropServices.StructLayout(
        System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 1)]
    private readonly struct Block(ulong bytes, BackingMode mode)
    {
        private readonly SyscallCode _code = SyscallCode.BackedAms;
        private readonly ulong _bytes = bytes;
        private readonly BackingMode _mode = mode;
    }
}
