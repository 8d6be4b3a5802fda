using MemOS.Memory.Addresses;

namespace MemOS.Processes;

/// <summary>
/// Threads that wait for words of memory, by the words' place in their page, which is the same
/// wherever the page is mapped. Whoever waits longest wakes first.
/// </summary>
internal static class WordWaits
{
    private const int WordBytes = 4;

    private static NodeList<WordWait>[] _lines = [];

    /// <summary>Nobody waits.</summary>
    internal static void Start() =>
        _lines = new NodeList<WordWait>[PageSizes.SmallBytes / WordBytes];

    /// <summary>Adds a thread that waits for no word yet.</summary>
    internal static void Add(WordWait wait, in Word word)
    {
        wait.Word = word;
        wait.IsQueued = true;
        LineOf(word).Add(wait);
    }

    /// <summary>Takes a thread out, if it is in.</summary>
    internal static void Remove(WordWait wait)
    {
        if (wait.IsQueued)
            TakeOut(wait);
    }

    /// <summary>Takes the thread out that has waited longest for a word.</summary>
    /// <returns>The thread; null if none waits.</returns>
    internal static Thread? Take(in Word word)
    {
        WordWait? wait = LineOf(word).First;
        while (wait is not null && !wait.Word.IsSame(word))
            wait = wait.Next;
        if (wait is null)
            return null;
        TakeOut(wait);
        return wait.Thread;
    }

    private static void TakeOut(WordWait wait)
    {
        wait.IsQueued = false;
        LineOf(wait.Word).Remove(wait);
    }

    private static ref NodeList<WordWait> LineOf(in Word word) =>
        ref _lines[word.Address % PageSizes.SmallBytes / WordBytes];
}
