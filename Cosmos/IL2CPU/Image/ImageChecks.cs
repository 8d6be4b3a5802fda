using System.Collections.Generic;
using System.Linq;
using IL2CPU.Elf;

namespace IL2CPU.Image;

/// <summary>What must hold for every image.</summary>
internal static class ImageChecks
{
    // Their sections' flags say writable, since addresses in them are filled in once.
    private static readonly string[] _filledOnce = [".data.rel.ro", ".dynamic"];

    /// <summary>Checks a linked image.</summary>
    /// <exception cref="BuildError">Something does not hold.</exception>
    internal static void Check(ElfFile image)
    {
        CheckSymbols(image);
        CheckSegments(image);
        CheckConstants(image);
    }

    private static void CheckSegments(ElfFile image)
    {
        foreach (ElfSegment segment in Loaded(image))
        {
            if (Allows(segment, SegmentFlags.Write) && Allows(segment, SegmentFlags.Execute))
            {
                throw new BuildError("IL2CPU050",
                    $"The segment at {segment.Address:x} is writable and executable: "
                    + $"{Contents(image, segment)}.");
            }
        }
    }

    private static void CheckConstants(ElfFile image)
    {
        foreach (ElfSegment segment in Loaded(image).Where(
            one => Allows(one, SegmentFlags.Write)))
        {
            string[] constants = [.. Held(image, segment).Where(IsConstant)
                .Select(one => one.Name)];
            if (constants.Length > 0)
            {
                throw new BuildError("IL2CPU051",
                    "Constants are in a writable segment: "
                    + string.Join(", ", constants) + ".");
            }
        }
    }

    // An image stands alone: only its own address is ever filled in.
    private static void CheckSymbols(ElfFile image)
    {
        string[] undefined = [.. image.Symbols.Where(one => one.IsUndefined)
            .Select(one => one.Name)];
        if (undefined.Length > 0)
        {
            throw new BuildError("IL2CPU041",
                "The image has undefined symbols: " + string.Join(", ", undefined) + ".");
        }
        ElfRelocation? other = image.DynamicRelocations.FirstOrDefault(
            one => one.Kind != RelocationKind.Relative);
        if (other != null)
        {
            throw new BuildError("IL2CPU052",
                $"The relocation at {other.Offset:x} is of type {(uint)other.Kind}, for which "
                + "no loader here knows the value.");
        }
    }

    private static IEnumerable<ElfSegment> Loaded(ElfFile image) =>
        image.Segments.Where(one => one.Kind == SegmentKind.Load);

    private static IEnumerable<ElfSection> Held(ElfFile image, ElfSegment segment) =>
        image.Sections.Where(one => one.IsAllocated && one.Size > 0 && segment.Holds(one));

    private static bool Allows(ElfSegment segment, SegmentFlags flag) =>
        (segment.Flags & flag) != 0;

    private static bool IsConstant(ElfSection section) =>
        (section.Flags & SectionFlags.Write) == 0 || _filledOnce.Contains(section.Name);

    private static string Contents(ElfFile image, ElfSegment segment) =>
        string.Join(", ", Held(image, segment).Select(one => one.Name));
}
