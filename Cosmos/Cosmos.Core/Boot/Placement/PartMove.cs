namespace Cosmos.Core.Boot.Placement;

/// <summary>A part of the image on its way from where the boot loader put it.</summary>
internal unsafe struct PartMove
{
    /// <summary>Where it is, in the identity map.</summary>
    internal byte* Source;

    /// <summary>Bytes that are there.</summary>
    internal ulong SourceBytes;

    /// <summary>Where it comes to lie, in the identity map: the physical address.</summary>
    internal byte* Target;

    /// <summary>Where it will be seen.</summary>
    internal byte* Virtual;

    /// <summary>Bytes that it has there, whole pages.</summary>
    internal ulong Bytes;

    /// <summary>What to add to an address in the source for the one where it is seen.</summary>
    internal readonly long Slide => Virtual - Source;

    /// <summary>Where something of the source comes to lie.</summary>
    internal readonly byte* TargetOf(void* source) => (byte*)source - Source + Target;

    internal readonly ImagePart Placed => new(Virtual, (ulong)Target, Bytes);
}
