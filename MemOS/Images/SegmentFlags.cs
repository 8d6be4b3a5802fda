using System;

namespace MemOS.Images;

/// <summary>The rights that a program header asks for (p_flags).</summary>
[Flags]
internal enum SegmentFlags : uint
{
    None = 0,
    Execute = 1,
    Write = 2,
    Read = 4,
}
