namespace MemOS.Abi;

/// <summary>How someone has a segment, as AMS_SHARING_INFO tells it.</summary>
public enum ShareForm : byte
{
    /// <summary>Along with others.</summary>
    Mutual = 0,

    /// <summary>It was handed over for good.</summary>
    Exclusive = 1,
}
