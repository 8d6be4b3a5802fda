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
        [Ring.Part, string id] => Ring.Consume(Named(id)),
        [Scribble.Part, string id] => Scribble.Write(Named(id)),
        [HandOver.Part, string id] => HandOver.Take(Named(id)),
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

    private static SegmentId Named(string text) =>
        SegmentId.TryParse(text, out SegmentId id) ? id : default;
}
