using MemOS.Memory.Addresses;

namespace MemOS.Memory.Frames;

/// <summary>
/// Where what is known of each frame is kept. The records are as many as there is RAM, so they lie
/// in memory that the machine sets aside at start-up, all zero, and never on the managed heap.
/// </summary>
public interface IFrameMetadata
{
    /// <summary>
    /// The record of a 4 KB frame. Asked only for frames of 2 MB groups that hold some of the RAM
    /// given to the allocator.
    /// </summary>
    ref FrameInfo Info(Frame frame);

    /// <summary>The mark that audits set on a frame: asked for as <see cref="Info"/> is.</summary>
    ref FrameMark Mark(Frame frame);

    /// <summary>
    /// The record of a 2 MB group of frames. Asked for any group up to the last one with RAM in
    /// it, holes included.
    /// </summary>
    ref GroupInfo Group(FrameGroup group);
}
