namespace MemOS.Backers;

/// <summary>Why an access to a segment with a backer came to nothing.</summary>
internal enum BackerFailure : byte
{
    /// <summary>It did not.</summary>
    None = 0,

    /// <summary>The backer has ended.</summary>
    Ended,

    /// <summary>The backer has no handler for it, or one that cannot be run.</summary>
    NotHandled,

    /// <summary>The backer said no, or what it answered is no page of its own.</summary>
    Refused,

    /// <summary>The backer took too long.</summary>
    TooSlow,

    /// <summary>
    /// The backer waits for this itself, directly or by way of others; or too many wait so.
    /// </summary>
    Circular,

    /// <summary>There is no memory for the page.</summary>
    NoMemory,

    /// <summary>The instruction is one whose accesses cannot be served.</summary>
    NotServable,
}
