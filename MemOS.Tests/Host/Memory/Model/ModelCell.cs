using System.Collections.Generic;
using MemOS.Memory.Addresses;
using MemOS.Tests.Host.Memory.AddressSpaces;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>
/// A page's worth of memory: whoever refers to the same cell sees the same bytes, and no one else
/// does. Its frame stays the same as long as it lives.
/// </summary>
internal sealed class ModelCell(Frame frame, PageSize size)
{
    public Frame Frame => frame;

    /// <summary>What it was given as: part of a large frame, or a frame of its own.</summary>
    public PageSize Size => size;

    /// <summary>What was seen of it; nothing until the first look.</summary>
    public PageContent? Content { get; set; }

    /// <summary>
    /// Whose marks it can bear before the first look, wherever it is seen then: those that could
    /// come back to who was given it; null if it was given zeroed.
    /// </summary>
    public IReadOnlySet<uint>? Writers { get; init; }

    /// <summary>How many processes and segments have it.</summary>
    public int References { get; set; }
}
