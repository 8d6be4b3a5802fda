using System;

namespace MemOS.Tests.Model;

/// <summary>What a mapping or a share lets somebody do with a segment's frames.</summary>
[Flags]
internal enum Roads
{
    None = 0,
    Read = 1,

    /// <summary>Write the frames themselves.</summary>
    Write = 2,

    /// <summary>Write copies of them.</summary>
    Copy = 4,
    Execute = 8,
}

/// <summary>What a segment's frames are, as a whole.</summary>
internal enum FrameKind
{
    Writable,
    Constant,
    Code,
    Device,
}

/// <summary>
/// Write xor execute over all aliases, as the document says it: worked out anew each time from all
/// that there is, where the kernel counts.
/// </summary>
internal static class RoadRule
{
    /// <summary>Whether one mapping more would leave no frame both written and executed.</summary>
    /// <param name="kind">What the frames are.</param>
    /// <param name="mapped">What all mappings that there are do.</param>
    /// <param name="shared">What all that have a share may do.</param>
    /// <param name="wish">What the new mapping is to do.</param>
    public static bool MayMap(FrameKind kind, Roads mapped, Roads shared, Roads wish) =>
        wish switch
        {
            Roads.Read => true,
            Roads.Copy => kind is FrameKind.Writable or FrameKind.Constant,
            Roads.Write => kind is FrameKind.Writable or FrameKind.Device
                && !shared.HasFlag(Roads.Execute),
            Roads.Execute => kind == FrameKind.Code
                || (kind != FrameKind.Device && mapped == Roads.None
                    && !shared.HasFlag(Roads.Write)),
            _ => false,
        };

    /// <summary>The same for one share more.</summary>
    public static bool MayShare(FrameKind kind, Roads mapped, Roads shared, Roads wish)
    {
        if (wish != Roads.Execute)
            return MayMap(kind, mapped, shared, wish);
        bool isWritten = ((mapped | shared) & Roads.Write) != 0 || mapped.HasFlag(Roads.Copy);
        return kind == FrameKind.Code || (kind != FrameKind.Device && !isWritten);
    }
}
