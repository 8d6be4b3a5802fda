using System.Collections.Generic;

namespace MemOS.Tests.Toolchain.Untrusted;

/// <summary>
/// Uses of numbers from ring 3 that can throw and do not, each with the reason. One that is not
/// found any more has to be taken out.
/// </summary>
internal static class CheckedUses
{
    public static IReadOnlyDictionary<string, string> Reasons { get; } =
        new Dictionary<string, string>
        {
            ["Share.Cost: a division"] = "priorities and weights are 1 or more",
            ["ShareGroup.Begin: a division"] = "priorities and weights are 1 or more",
            ["IdTree.FindAbove: an assertion"] = "the kernel gives each number once",
            ["WordWaits.LineAt: an array's index"] = "as many bits as there are lines",
            ["KeptTranslations.PlaceOf: Span`1.get_Item"] = "as many as there are places",
            ["MachineMemory.CopyOut: ReadOnlySpan`1.Slice"] = "cut at the end of the page",
            ["MachineMemory.CopyOut: ReadOnlySpan`1.CopyTo"] = "as long as the target",
            ["ServedMemory.TryRead: Span`1.Slice"] = "an operand has at most 8 bytes",
            ["ServedMemory.TryWrite: Span`1.Slice"] = "an operand has at most 8 bytes",
            ["Device.TryFind by Frame.op_Addition: an assertion"] = "it lies in the window",
            ["Device.TryFind by FrameRange.Of: an assertion"] = "it lies in the window",
            ["ElfSegment..ctor by PageCount.Of: an assertion"] = "any address has so few pages",
            ["PagePart.Of: Math.Clamp"] = "a file has no fewer than 0 bytes for a segment",
            ["ImageMaker.TryMakePage: ReadOnlySpan`1.Slice"] = "PagePart.Of stays in the content",
            ["RelocatedWords.TryCount: an array's index"] =
                "RelocationList gives places in the image alone",
            ["RelocatedWords.Add: an array's index"] =
                "RelocationList gives places in the image alone",
            ["RelocatedWords.AreDifferent: Span`1.get_Item"] = "a word's number is below 512",
            ["FileRange.Of: ReadOnlySpan`1.Slice"] = "FileRange.TryCreate has looked",
            ["Enumerator..ctor: ReadOnlySpan`1.Slice"] = "no walk goes beyond the table",
            ["Enumerator.TakePlace: ReadOnlySpan`1.Slice"] = "the word lies in the segment",
            ["RegisterFile.get_Item: Span`1.get_Item"] = "one of 16 names of registers",
            ["RegisterFile.Read: ReadOnlySpan`1.get_Item"] = "one of 16 names of registers",
            ["RegisterFile.Vector: Span`1.get_Item"] = "one of 16 names of registers",
        };
}
