using System;
using System.Globalization;
using Cosmos.Core;
using Cosmos.Core.Hardware;
using Cosmos.Core.Panics;

namespace Cosmos.Debug.Kernel;

/// <summary>Messages for whoever watches the kernel's debug log (COM1).</summary>
/// <param name="section">What is written in front of every message.</param>
public class Debugger(string section)
{
    /// <summary>A debugger with a ring, as older kernels name it.</summary>
    public Debugger(string aRing, string aSection)
        : this(aRing + "/" + aSection)
    {
    }

    /// <summary>What is written in front of every message.</summary>
    public string Section { get; } = section;

    /// <summary>Writes a message.</summary>
    public void Send(string text) => WriteLine("", text);

    /// <summary>Writes a message, a line for each element.</summary>
    public void Send(string[] stringArray)
    {
        foreach (string text in stringArray)
            Send(text);
    }

    /// <summary>Writes an error.</summary>
    public void SendError(string text) => WriteLine("error: ", text);

    /// <summary>Writes a message that should be noticed.</summary>
    public void SendMessageBox(string text) => WriteLine("! ", text);

    /// <summary>Writes a number in hexadecimal.</summary>
    public void SendNumber(uint number) => SendHex(number);

    /// <summary>Writes a number in hexadecimal.</summary>
    public void SendNumber(int number) => SendHex((uint)number);

    /// <summary>Writes a number in hexadecimal.</summary>
    public void SendNumber(ulong number) => SendHex(number);

    /// <summary>Writes a number in hexadecimal.</summary>
    public void SendNumber(long number) => SendHex((ulong)number);

    /// <summary>Writes a number.</summary>
    public void SendNumber(float number) => SendNumber((double)number);

    /// <summary>Writes a number.</summary>
    public void SendNumber(double number) =>
        WriteLine("", number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a message of the system's own.</summary>
    public virtual void SendInternal(string text) => Send(text);

    /// <summary>Writes a message of the system's own, a line for each element.</summary>
    public virtual void SendInternal(string[] stringArray) => Send(stringArray);

    /// <summary>Writes a number.</summary>
    public virtual void SendInternal(uint number) => SendNumber(number);

    /// <summary>Writes a number.</summary>
    public virtual void SendInternal(int number) => SendNumber(number);

    /// <summary>Writes a number.</summary>
    public virtual void SendInternal(ulong number) => SendNumber(number);

    /// <summary>Writes a number.</summary>
    public virtual void SendInternal(long number) => SendNumber(number);

    /// <summary>Writes a number.</summary>
    public virtual void SendInternal(float number) => SendNumber(number);

    /// <summary>Writes a number.</summary>
    public virtual void SendInternal(double number) => SendNumber(number);

    /// <summary>Writes where an object is.</summary>
    public void SendPtr(object obj) => SendHex(GCImplementation.GetSafePointer(obj));

    /// <summary>Writes that the kernel gives up, with its reason.</summary>
    public static void SendKernelPanic(uint id) => new Debugger("Panic").SendNumber(id);

    /// <summary>Stops under a debugger that handles breakpoints, else in a panic.</summary>
    public void Break() => Instruction.Break();

    /// <summary>Stops under the Bochs emulator; nothing here, where that is not looked for.</summary>
    public static void DoBochsBreak()
    {
    }

    private void SendHex(ulong number) =>
        WriteLine("0x", number.ToString("X", CultureInfo.InvariantCulture));

    private void WriteLine(ReadOnlySpan<char> mark, ReadOnlySpan<char> text)
    {
        KernelLog.Write("[");
        KernelLog.Write(Section);
        KernelLog.Write("] ");
        KernelLog.Write(mark);
        KernelLog.WriteLine(text);
    }
}
