using MemOS.Memory.Addresses;

namespace MemOS.Processes;

/// <summary>
/// Threads that wait for words of memory, by the words' place in their page, which is the same
/// wherever the page is mapped. Whoever waits longest wakes first.
/// </summary>
internal static class WordWaits
{
    private const int WordBytes = 4;

    private static WordWait?[] _first = [];
    private static WordWait?[] _last = [];

    /// <summary>Nobody waits.</summary>
    internal static void Start()
    {
        _first = new WordWait?[PageSizes.SmallBytes / WordBytes];
        _last = new WordWait?[PageSizes.SmallBytes / WordBytes];
    }

    /// <summary>Adds a thread that waits for no word yet.</summary>
    internal static void Add(WordWait wait, in Word word)
    {
        int bucket = BucketOf(word);
        wait.Word = word;
        wait.IsQueued = true;
        wait.Previous = _last[bucket];
        if (wait.Previous is null)
            _first[bucket] = wait;
        else
            wait.Previous.Next = wait;
        _last[bucket] = wait;
    }

    /// <summary>Takes a thread out, if it is in.</summary>
    internal static void Remove(WordWait wait)
    {
        if (!wait.IsQueued)
            return;
        int bucket = BucketOf(wait.Word);
        wait.IsQueued = false;
        if (wait.Previous is null)
            _first[bucket] = wait.Next;
        else
            wait.Previous.Next = wait.Next;
        if (wait.Next is null)
            _last[bucket] = wait.Previous;
        else
            wait.Next.Previous = wait.Previous;
        wait.Next = null;
        wait.Previous = null;
    }

    /// <summary>Takes the thread out that has waited longest for a word.</summary>
    /// <returns>The thread; null if none waits.</returns>
    internal static Thread? Take(in Word word)
    {
        WordWait? wait = _first[BucketOf(word)];
        while (wait is not null && !wait.Word.IsSame(word))
            wait = wait.Next;
        if (wait is null)
            return null;
        Remove(wait);
        return wait.Thread;
    }

    private static int BucketOf(in Word word) =>
        (int)(word.Address % PageSizes.SmallBytes) / WordBytes;
}
