namespace IL2CPU.Elf;

/// <summary>A place that depends on where something stands.</summary>
/// <param name="Offset">In its section, or in an image the address.</param>
/// <param name="Symbol">What it refers to.</param>
/// <param name="Kind">How.</param>
/// <param name="Addend">What is added.</param>
internal sealed record ElfRelocation(
    ulong Offset, ElfSymbol Symbol, RelocationKind Kind, long Addend);
