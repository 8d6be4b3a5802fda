using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>
/// A segment that this process serves, each page as its number says: most are filled with words
/// that tell where they stand, the last ones are answered in all the wrong ways.
/// </summary>
internal static unsafe class Served
{
    /// <summary>How many pages it has.</summary>
    internal const ulong Pages = 64;

    /// <summary>Answered by "out of range", as the first of those that are not filled.</summary>
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

    /// <summary>Answered with what another's segment has there.</summary>
    internal const ulong Copied = 50;

    /// <summary>The same.</summary>
    internal const ulong CopiedToo = 57;

    /// <summary>Answered with another of another's in hand.</summary>
    internal const ulong Crossed = 51;

    /// <summary>Answered after a while, but in time; so are the two pages that follow.</summary>
    internal const ulong Slow = 54;

    /// <summary>Answered too late, but only once.</summary>
    internal const ulong LateOnce = 53;

    private const uint LateMilliseconds = SyscallConvention.BackerMilliseconds + 400;
    private const uint SlowMilliseconds = SyscallConvention.BackerMilliseconds * 7 / 10;
    private const int WordsInPage = Memory.PageBytes / sizeof(ulong);

    private static readonly Caller _caller = new();
    private static ulong* _page;
    private static ulong _mapping;
    private static bool _wasLate;

    /// <summary>The segment.</summary>
    internal static Segment Segment { get; private set; } = null!;

    /// <summary>Where another's segment is mapped; 0 if none is.</summary>
    internal static ulong Other { get; set; }

    /// <summary>Whether the first thread is to end when it is asked.</summary>
    internal static bool EndsThread { get; set; }

    /// <summary>How often the handler was entered.</summary>
    internal static uint Asked { get; private set; }

    /// <summary>What it was told last, beside segment and offset.</summary>
    internal static ulong Manner { get; private set; }

    /// <summary>Whether all that it was told was about this segment.</summary>
    internal static bool IsToldRight { get; private set; } = true;

    /// <summary>Makes the segment, maps it, and serves it.</summary>
    internal static void Start()
    {
        Prepare(BackingMode.Pages);
        BecomeReady();
    }

    /// <summary>Makes and maps the segment.</summary>
    internal static Segment Prepare(BackingMode mode)
    {
        _page = (ulong*)Memory.Allocate(Memory.PageBytes).Start.Value;
        _caller.Begin(SyscallCode.BackedAms).Put(Pages * Memory.PageBytes)
            .Put((ulong)mode, sizeof(byte)).Send();
        Segment = Segment.TryOpen(new SegmentId(_caller.Value0))!;
        _mapping = Segment.Map().Start.Value;
        return Segment;
    }

    /// <summary>Serves it.</summary>
    internal static void BecomeReady() =>
        Signals.Serve(SignalCode.ReadBackedAms, static signal => Answer(signal));

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
        return page < OutOfRange
            ? AnswerRightly()
            : new SignalAnswer(CodeFor(page), AddressFor(page));
    }

    private static SignalAnswer AnswerRightly()
    {
        if (EndsThread)
        {
            EndsThread = false;
            _caller.Begin(SyscallCode.ExitThread).Put(0, sizeof(uint)).Send();
        }
        return new SignalAnswer(BackerAnswer.Done, (ulong)_page);
    }

    private static BackerAnswer CodeFor(ulong page) => page switch
    {
        OutOfRange => BackerAnswer.OutOfRange,
        Broken => BackerAnswer.HardwareFault,
        NoAnswer => (BackerAnswer)3,
        _ => BackerAnswer.Done,
    };

    private static ulong AddressFor(ulong page)
    {
        switch (page)
        {
            case Nowhere:
                return 0x1234_5678_9000;
            case Unaligned:
                return (ulong)_page + 8;
            case OfKernel:
                return 0xFFFF_FFFF_8000_0000;
            case Unserved:
                return _mapping + (OutOfRange * Memory.PageBytes);
            case Late:
                Clock.Sleep(LateMilliseconds);
                break;
            case LateOnce when !_wasLate:
                _wasLate = true;
                Clock.Sleep(LateMilliseconds);
                break;
            case >= Slow and <= Slow + 2:
                Clock.Sleep(SlowMilliseconds);
                break;
            case Ends:
                Process.Exit(Program.Right);
                break;
            case ReadsItself:
                _page[0] = *(ulong*)(_mapping + ((Pages - 1) * Memory.PageBytes));
                break;
            case Copied or CopiedToo when Other != 0:
                return CopyOf(page);
            case Crossed when Other != 0:
                return CopyOf(Copied);
            default:
                break;
        }
        return (ulong)_page;
    }

    private static ulong CopyOf(ulong page)
    {
        ulong* from = (ulong*)(Other + (page * Memory.PageBytes));
        for (int i = 0; i < WordsInPage; i++)
            _page[i] = from[i];
        return (ulong)_page;
    }
}
