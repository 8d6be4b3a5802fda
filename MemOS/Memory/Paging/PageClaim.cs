namespace MemOS.Memory.Paging;

/// <summary>Whose a page is that is mapped.</summary>
public enum PageClaim : byte
{
    /// <summary>Others may see it: a segment's, or held elsewhere.</summary>
    Shared = 0,

    /// <summary>The space's own: a fork makes it copied before it is written.</summary>
    Own,
}
