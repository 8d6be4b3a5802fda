namespace MemOS.Images;

/// <summary>The types of program headers that matter to loading (p_type).</summary>
internal enum SegmentType : uint
{
    Load = 1,
    Dynamic = 2,
    Interpreter = 3,
    GnuStack = 0x6474E551,
}
