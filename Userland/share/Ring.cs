using System.Diagnostics;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;
using Process = MemOS.Userland.Process;

namespace MemOS.Share;

/// <summary>Producer and consumer, and between them a ring that both map.</summary>
internal static unsafe class Ring
{
    /// <summary>What the consumer is started with.</summary>
    internal const string Part = "consume";

    private const int Words = 8192;
    private const ulong Total = 256 * 1024;
    private const nuint Bytes = (nuint)Words * sizeof(ulong) + Memory.PageBytes;

    // Counts of words written and read so far, each in a line of the cache of its own.
    private readonly struct View(Mapping mapping)
    {
        private readonly ulong* _start = (ulong*)mapping.Start.Value;

        internal ref ulong Written => ref _start[0];

        internal ref ulong Read => ref _start[8];

        // Safe: the place is within the ring, which fills the mapping after its first page.
        internal ref ulong this[ulong count] =>
            ref _start[(Memory.PageBytes / sizeof(ulong)) + (count % Words)];
    }

    internal static void Show(Table table, Verdict verdict)
    {
        long stamp = Stopwatch.GetTimestamp();
        using Segment segment = Segment.Capture(Memory.Allocate(Bytes));
        ProcessId consumer = Other.Start(Part, segment);
        segment.Share(consumer, SharingMode.Read | SharingMode.Write);
        ulong sum = Produce(new View(segment.Original!));
        ProcessEnd end = Process.Wait(consumer);
        bool isGood = end.Reason == EndReason.Exited && end.Data == sum;
        if (!isGood)
            verdict.Fail($"the consumer read something else: {end}");
        table.Add("mutual", Sizes.Of(Bytes), "0 B",
            $"{Sizes.Of(Total * sizeof(ulong))} went through it, sums agree",
            Other.Since(stamp));
    }

    /// <summary>The other side: the sum of all words becomes the exit data.</summary>
    internal static int Consume(SegmentId id)
    {
        using Mapping mapping = Segment.Open(id, Other.Patience).Map();
        View view = new(mapping);
        ulong sum = 0;
        for (ulong count = 0; count < Total;)
        {
            ulong written = Volatile.Read(ref view.Written);
            if (written == count)
                Process.HandOver();
            while (count < written)
                sum = Add(sum, view[count++]);
            Volatile.Write(ref view.Read, count);
        }
        Process.Exit((long)sum);
        return 1;
    }

    private static ulong Produce(View view)
    {
        ulong sum = 0;
        for (ulong count = 0; count < Total;)
        {
            ulong end = ulong.Min(Volatile.Read(ref view.Read) + Words, Total);
            if (end == count)
                Process.HandOver();
            for (; count < end; count++)
            {
                ulong word = count * 0x9E37_79B9_7F4A_7C15;
                view[count] = word;
                sum = Add(sum, word);
            }
            Volatile.Write(ref view.Written, count);
        }
        return sum;
    }

    // Depends on the order as well.
    private static ulong Add(ulong sum, ulong word) => (sum * 31) + word;
}
