using System;

namespace MemOS.Consoles;

/// <summary>What is done to characters besides colouring them.</summary>
[Flags]
internal enum Rendition : byte
{
    /// <summary>Nothing.</summary>
    Plain = 0,

    /// <summary>Their colour is bright.</summary>
    Bold = 1,

    /// <summary>Their colours are exchanged.</summary>
    Inverse = 2,
}
