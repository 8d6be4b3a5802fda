namespace MemOS.Consoles;

/// <summary>How much a line of the log matters, worst first.</summary>
public enum LogLevel : byte
{
    /// <summary>Something is broken.</summary>
    Error,

    /// <summary>A program did what it must not, or something is missing.</summary>
    Warning,

    /// <summary>What is going on.</summary>
    Info,

    /// <summary>What helps to find mistakes in the kernel.</summary>
    Debug,
}
