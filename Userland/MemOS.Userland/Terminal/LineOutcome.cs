namespace MemOS.Userland.Terminal;

/// <summary>What a key did to the line being edited.</summary>
public enum LineOutcome
{
    /// <summary>Nothing: no such key, or nothing to do (the end of the line was reached).</summary>
    Ignored,

    /// <summary>The text or the cursor is different now.</summary>
    Changed,

    /// <summary>Enter: the line is complete.</summary>
    Accepted,

    /// <summary>Ctrl-C: the line is given up.</summary>
    Cancelled,

    /// <summary>Ctrl-D on an empty line: there will be no more input.</summary>
    EndOfInput,

    /// <summary>Ctrl-L: the screen is to be cleared and the line shown again.</summary>
    ClearScreen,

    /// <summary>
    /// Tab had several answers: <see cref="LineEditor.Candidates"/> is to be shown.
    /// </summary>
    Candidates,
}
