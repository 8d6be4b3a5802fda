using System.Globalization;
using Cosmos.Core.Hardware;
using Cosmos.Core.Panics;

namespace Cosmos.Debug.Kernel;

/// <summary>Messages for whoever watches the kernel's debug log (COM1).</summary>
/// <param name="aSection">What is written in front of every message.</param>
public class Debugger(string aSection)
{
    /// <summary>A debugger with a ring, as older kernels name it.</summary>
    public Debugger(string aRing, string aSection)
        : this(aRing + "/" + aSection)
    {
    }

    /// <summary>What is written in front of every message.</summary>
    public string Section { get; } = aSection;

    /// <summary>Writes a message.</summary>
    public void Send(string aText) => WriteLine("", aText);

    /// <summary>Writes a message of the system's own.</summary>
    public void SendInternal(string aText) => WriteLine("", aText);

    /// <summary>Writes a number.</summary>
    public void SendInternal(ulong aNumber) => SendNumber(aNumber);

    /// <summary>Writes an error.</summary>
    public void SendError(string aText) => WriteLine("error: ", aText);

    /// <summary>Writes a message that should be noticed.</summary>
    public void SendMessageBox(string aText) => WriteLine("! ", aText);

    /// <summary>Writes a number.</summary>
    public void SendNumber(ulong aNumber) =>
        WriteLine("0x", aNumber.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>Writes that the kernel gives up, with its reason.</summary>
    public void SendKernelPanic(uint aId) => SendNumber(aId);

    /// <summary>Stops under a debugger that handles breakpoints, else in a panic.</summary>
    public void Break() => Instruction.Break();

    private void WriteLine(string mark, string text)
    {
        KernelLog.Write("[");
        KernelLog.Write(Section);
        KernelLog.Write("] ");
        KernelLog.Write(mark);
        KernelLog.WriteLine(text);
    }
}
