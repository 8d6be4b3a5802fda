namespace MemOS.Memory.AddressSpaces;

/// <summary>A place among the regions: between two that are next to each other.</summary>
/// <param name="Below">The region at the next lower addresses, if there is one.</param>
/// <param name="Above">The region at the next higher addresses, if there is one.</param>
internal readonly record struct Spot(Region? Below, Region? Above);
