namespace MemOS.Consoles;

/// <summary>When the screen is drawn.</summary>
public enum ScreenDrawing : byte
{
    /// <summary>Whenever something is written.</summary>
    AtOnce,

    /// <summary>
    /// On <see cref="KernelConsole.Refresh"/>: many lines written between two of them cost no
    /// more drawing than one screen.
    /// </summary>
    OnRefresh,
}
