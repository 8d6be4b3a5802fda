using System;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;

namespace MemOS.Share;

/// <summary>One memory for several processes, in the three ways there are.</summary>
/// <remarks>The other side is the same program with its part as the first argument.</remarks>
internal static class Program
{
    private static int Main(string[] args) => args switch
    {
        [Ring.Part] => Ring.Consume(Other.Receive()),
        [Scribble.Part] => Scribble.Write(Other.Receive()),
        [HandOver.Part] => HandOver.Take(Other.Receive()),
        _ => Show(),
    };

    private static int Show()
    {
        Verdict verdict = new("share");
        Table table = new Table("segment", "size", "copied", "what happened", "ms")
            .AlignRight(1).AlignRight(2).AlignRight(4);
        Ring.Show(table, verdict);
        Scribble.Show(table, verdict);
        HandOver.Show(table, verdict);
        Console.Write(table);
        return verdict.Print();
    }
}
