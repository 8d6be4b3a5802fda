namespace MemOS.Images;

/// <summary>
/// A place that holds an address of the program's own: the eight bytes at the offset become the
/// image's base plus the addend (R_X86_64_RELATIVE). They may lie across two pages.
/// </summary>
/// <param name="Offset">Bytes from the image's base to the place; in one writable segment.</param>
/// <param name="Addend">What is added to the image's base; any number, modulo 2^64.</param>
public readonly record struct Relocation(ulong Offset, ulong Addend);
