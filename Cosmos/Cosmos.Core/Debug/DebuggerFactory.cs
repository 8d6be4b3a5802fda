namespace Cosmos.Debug.Kernel;

/// <summary>Makes debuggers, as newer gen2 kernels ask for them.</summary>
public static class DebuggerFactory
{
    /// <summary>A debugger for a section.</summary>
    public static Debugger CreateDebugger(string section = "") => new(section);
}
