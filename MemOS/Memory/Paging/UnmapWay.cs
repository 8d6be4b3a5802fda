namespace MemOS.Memory.Paging;

/// <summary>Why pages go.</summary>
internal enum UnmapWay : byte
{
    /// <summary>They are taken out of a space that goes on.</summary>
    Part = 0,

    /// <summary>All of the space ends: what others share is left to them as it is.</summary>
    End,
}
