using MemOS.Mapping;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;

namespace MemOS.Programs;

/// <summary>A process's own copy of a segment that it may write to.</summary>
/// <param name="segment">The segment.</param>
/// <param name="image">Where the image starts in the process.</param>
internal sealed class ImageCopy(ProgramSegment segment, Page image) : PageOrigin
{
    /// <inheritdoc/>
    public override void Fill(Page page, Frame frame)
    {
        int inImage = (int)(page.Number - image.Number);
        Frame original = segment.Frames[inImage - (int)segment.Offset.Value];
        if (original == default)
        {
            default(MachineMemory).Zero(frame, PageSize.Small);
            return;
        }
        default(MachineMemory).Copy(original, frame, PageSize.Small);
        segment.Words.AddBase(inImage, frame, image.Start.Value);
    }
}
