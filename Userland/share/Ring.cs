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
    private const uint Total = 256 * 1024;
    private const nuint Bytes = (nuint)Words * sizeof(ulong) + Memory.PageBytes;

    // Counts of words written and read so far, each in a line of the cache of its own. Who has to
    // wait for the other does so by its count.
    private readonly struct View(Mapping mapping)
    {
        private const int WrittenPlace = 0;
        private const int ReadPlace = 16;

        private readonly ulong* _start = (ulong*)mapping.Start.Value;

        internal uint Written => Volatile.Read(ref Count(WrittenPlace));

        internal uint Read => Volatile.Read(ref Count(ReadPlace));

        internal void TellWritten(uint count) => Tell(WrittenPlace, count);

        internal void TellRead(uint count) => Tell(ReadPlace, count);

        internal void AwaitWritten(uint seen) => MemoryWord.Wait(PlaceOf(WrittenPlace), seen);

        internal void AwaitRead(uint seen) => MemoryWord.Wait(PlaceOf(ReadPlace), seen);

        // Safe: the place is within the ring, which fills the mapping after its first page.
        internal ref ulong this[ulong count] =>
            ref _start[(Memory.PageBytes / sizeof(ulong)) + (count % Words)];

        private ref uint Count(int place) => ref ((uint*)_start)[place];

        private Address PlaceOf(int place) => Address.Of((uint*)_start + place);

        private void Tell(int place, uint count)
        {
            Volatile.Write(ref Count(place), count);
            MemoryWord.Wake(PlaceOf(place));
        }
    }

    internal static void Show(Table table, Verdict verdict)
    {
        long stamp = Stopwatch.GetTimestamp();
        using Segment segment = Segment.Capture(Memory.Allocate(Bytes));
        ProcessId consumer = Process.Spawn("share", Part);
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
    internal static int Consume(Segment segment)
    {
        using Mapping mapping = segment.Map();
        View view = new(mapping);
        ulong sum = 0;
        for (uint count = 0; count < Total;)
        {
            view.AwaitWritten(count);
            uint written = view.Written;
            while (count < written)
                sum = Add(sum, view[count++]);
            view.TellRead(count);
        }
        Process.Exit((long)sum);
        return 1;
    }

    private static ulong Produce(View view)
    {
        ulong sum = 0;
        for (uint count = 0; count < Total;)
        {
            uint read = view.Read;
            if (count - read == Words)
                view.AwaitRead(read);
            uint end = uint.Min(view.Read + Words, Total);
            for (; count < end; count++)
            {
                ulong word = count * 0x9E37_79B9_7F4A_7C15;
                view[count] = word;
                sum = Add(sum, word);
            }
            view.TellWritten(count);
        }
        return sum;
    }

    // Depends on the order as well.
    private static ulong Add(ulong sum, ulong word) => (sum * 31) + word;
}
