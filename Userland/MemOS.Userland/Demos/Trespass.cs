namespace MemOS.Userland.Demos;

/// <summary>Uses of addresses that nobody checks beforehand, to see what stops them.</summary>
/// <remarks>Unsafe in every sense: the processor's answer is what the demos are about.</remarks>
public static unsafe class Trespass
{
    /// <summary>Reads a byte.</summary>
    public static byte Read(Address address) => *(byte*)address.Value;

    /// <summary>Writes a byte.</summary>
    public static void Write(Address address) => *(byte*)address.Value = 0xC3;

    /// <summary>Calls what stands there as code.</summary>
    public static void Execute(Address address) => ((delegate*<void>)address.Value)();
}
