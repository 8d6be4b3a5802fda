using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Loading;

/// <summary>The first word of a Native AOT type description.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct MethodTableFlags
{
    private const uint HasReferencesFlag = 0x0100_0000;

    private readonly uint _flags;

    /// <summary>Whether instances hold references.</summary>
    internal bool HasReferences => (_flags & HasReferencesFlag) != 0;
}
