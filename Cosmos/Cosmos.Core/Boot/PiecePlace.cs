using System.Runtime.InteropServices;

namespace Cosmos.Core.Boot;

/// <summary>Where a piece of code is, and where the linker had put it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PiecePlace
{
    /// <summary>Offset in the text.</summary>
    public uint Offset;

    /// <summary>Offset in the linked image: what symbols count by.</summary>
    public uint Linked;
}
