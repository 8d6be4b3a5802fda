namespace MemOS.Abi;

/// <summary>Why a share is over, as the signal UNSHARED_AMS tells it.</summary>
public enum UnshareReason : byte
{
    /// <summary>The other side called UNSHARE_AMS.</summary>
    Syscall = 0,

    /// <summary>The other side has ended.</summary>
    Ended = 1,
}
