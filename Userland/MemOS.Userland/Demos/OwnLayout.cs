using System.Runtime.CompilerServices;

namespace MemOS.Userland.Demos;

/// <summary>Where the parts of this process lie: one address of each.</summary>
public static unsafe class OwnLayout
{
    private static int _static = 1;

    // Held here, or the compiler might put the object on the stack.
    private static byte[] _object = [];

    /// <summary>In the program's code.</summary>
    // Safe: the address is shown, nothing is called through it.
    public static Address Code => new((ulong)(delegate*<int>)&CodeMark);

    /// <summary>In the program's constants.</summary>
    public static Address Constants
    {
        get
        {
            // Safe: UTF-8 literals are part of the image and do not move.
            fixed (byte* constant = "MemOS"u8)
                return Address.Of(constant);
        }
    }

    /// <summary>In the program's static variables.</summary>
    // Safe: statics of value types are part of the image and do not move.
    public static Address Data => Address.Of(Unsafe.AsPointer(ref _static));

    /// <summary>On the stack.</summary>
    public static Address Stack
    {
        get
        {
            int local = 0;
            return Address.Of(&local);
        }
    }

    /// <summary>In the heap: an object, which the collector does not move.</summary>
    public static Address Heap
    {
        get
        {
            _object = new byte[64];
            // Safe: the object lives on, and is only shown or tried by a demo.
            fixed (byte* start = _object)
                return Address.Of(start);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CodeMark() => ++_static;
}
