using IL2CPU.API.Attribs;

namespace IL2CPU.API;

/// <summary>
/// Writes the body of a plug in assembly; named by <see cref="PlugMethod.Assembler"/>. It runs
/// during the build and needs a constructor without parameters.
/// </summary>
public abstract class AssemblerMethod
{
    /// <summary>The body as nasm reads it, for 64-bit mode; its return included.</summary>
    /// <remarks>
    /// Arguments and result are where the System V ABI for AMD64 (3.2.3) puts them. Labels of its
    /// own start with a dot.
    /// </remarks>
    public abstract string Assemble();
}
