namespace Cosmos.TestRunner.Engine.Tlb;

/// <summary>An address in the machine under test.</summary>
/// <param name="Value">The address in bytes.</param>
public readonly record struct GuestAddress(ulong Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"0x{Value:x16}";
}
