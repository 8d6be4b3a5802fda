using System;

namespace MemOS.Consoles;

/// <summary>Where lines of the log are shown as they are written.</summary>
public interface ILogMirror
{
    /// <summary>Shows UTF-8 text; a line may come in pieces, cut anywhere.</summary>
    void Write(ReadOnlySpan<byte> utf8);
}
