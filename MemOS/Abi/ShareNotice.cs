namespace MemOS.Abi;

/// <summary>Whether SHARE_AMS tells the receiver.</summary>
public enum ShareNotice : byte
{
    /// <summary>By the signal RECV_SHARED_AMS.</summary>
    Signal = 0,

    /// <summary>Not at all.</summary>
    None = 1,
}
