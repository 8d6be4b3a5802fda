using System.Runtime;
using System.Runtime.CompilerServices;

namespace MemOS.Userland.Demos;

/// <summary>Uses of addresses that nobody checks beforehand, to see what stops them.</summary>
/// <remarks>
/// Unsafe in every sense: the processor's answer is what the demos are about. In assembly, since a
/// compiler may drop a reading whose result is not used, and calls only what it knows to be code.
/// </remarks>
public static class Trespass
{
    /// <summary>Reads a byte.</summary>
    [RuntimeImport("*", "MemosReadByte")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Read(Address address);

    /// <summary>Writes a byte.</summary>
    [RuntimeImport("*", "MemosWriteByte")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Write(Address address);

    /// <summary>Calls what stands there as code.</summary>
    [RuntimeImport("*", "MemosCallAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Execute(Address address);
}
