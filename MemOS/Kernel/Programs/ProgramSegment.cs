using MemOS.Memory;
using MemOS.Memory.Addresses;

namespace MemOS.Programs;

/// <summary>A part of a program's image.</summary>
/// <param name="Offset">Pages from the image's start.</param>
/// <param name="Count">How many pages.</param>
/// <param name="Rights">What the program may do there.</param>
/// <param name="Frames">
/// Shared by all processes, or if the program may write there, what each page is at first.
/// </param>
/// <param name="Words">What depends on where the image lies.</param>
internal sealed record ProgramSegment(
    PageCount Offset, PageCount Count, PageRights Rights, Frame[] Frames, RelocatedWords Words);
