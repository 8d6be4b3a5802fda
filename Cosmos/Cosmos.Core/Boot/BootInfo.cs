using System;
using Cosmos.Core.Boot.Multiboot2;

namespace Cosmos.Core.Boot;

/// <summary>
/// What the kernel knows of how it was booted. Set once, before any other C# runs.
/// </summary>
public static unsafe class BootInfo
{
    private static ulong _informationAddress;

    /// <summary>The loader's boot information, in physical memory.</summary>
    public static PhysicalRange InformationRange => new(_informationAddress, Information.Size);

    /// <summary>
    /// What the boot loader tells. Read through the identity map: a kernel that takes that map
    /// away makes its own <see cref="BootInformation"/> over its own mapping.
    /// </summary>
    // Safe: the boot stub identity-maps the low 4 GB, where the loader puts it.
    public static BootInformation Information => new((byte*)_informationAddress);

    /// <summary>
    /// The bytes of a module, through the identity map; empty when there is none.
    /// </summary>
    public static ReadOnlySpan<byte> Module(ReadOnlySpan<byte> name) =>
        Information.TryGetModule(name, out BootModule module)
            ? new((void*)module.Range.Start, (int)module.Range.Length)
            : default;

    internal static void Set(ulong informationAddress) => _informationAddress = informationAddress;
}
