using MemOS.Abi;
using MemOS.Userland.Text;

namespace MemOS.Userland;

/// <summary>A part of a process's address space.</summary>
/// <param name="Start">Its first address.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Rights">What the process may do there.</param>
/// <param name="Kind">What it is for.</param>
public readonly record struct Region(
    Address Start, ulong Bytes, MemoryRights Rights, RegionKind Kind)
{
    /// <summary>The first address after it.</summary>
    public Address End => new(Start.Value + Bytes);

    /// <summary>Whether the address lies in the region.</summary>
    public bool Contains(Address address) => address.Value - Start.Value < Bytes;

    /// <summary>The rights as three letters: "r-x".</summary>
    public string RightsText => string.Concat(
        (Rights & MemoryRights.Read) != 0 ? "r" : "-",
        (Rights & MemoryRights.Write) != 0 ? "w" : "-",
        (Rights & MemoryRights.Execute) != 0 ? "x" : "-");

    /// <summary>What it is, in a few words: "rw- stack, 1 MB".</summary>
    public string Description =>
        $"{RightsText} {Kind.ToString().ToLowerInvariant()}, {Sizes.Of(Bytes)}";

    /// <summary>Where and what it is: "0x2f31_8000_1000 rw- stack, 1 MB".</summary>
    public override string ToString() => $"{Start} {Description}";
}
