namespace MemOS.Consoles;

/// <summary>What Ctrl-C is for whoever has the console.</summary>
public enum ControlC
{
    /// <summary>A key like all others.</summary>
    Typed,

    /// <summary>An interruption; what was typed before it is dropped.</summary>
    Interrupts,
}
