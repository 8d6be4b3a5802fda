using Cosmos.Core.Boot;

namespace Cosmos.Core.Panics;

/// <summary>
/// Walks the chain of frame pointers, which compiled code and this system's assembly keep.
/// Allocates nothing and touches only the stack it was told of.
/// </summary>
public unsafe ref struct Backtrace
{
    private static ulong _stackLow;
    private static ulong _stackHigh;

    private ulong _frame;

    /// <summary>Starts at a frame.</summary>
    /// <param name="instruction">Address of the current instruction; the first entry.</param>
    /// <param name="framePointer">RBP there.</param>
    public Backtrace(ulong instruction, ulong framePointer)
    {
        Current = instruction;
        _frame = framePointer;
    }

    /// <summary>A code address: the instruction, then return addresses outwards.</summary>
    public ulong Current { get; private set; }

    /// <summary>
    /// Tells where the stack in use is; until then it is the boot stack. Frames outside of it are
    /// not followed.
    /// </summary>
    /// <param name="low">Lowest address.</param>
    /// <param name="high">Address after the highest.</param>
    public static void SetStack(byte* low, byte* high)
    {
        _stackLow = (ulong)low;
        _stackHigh = (ulong)high;
    }

    /// <summary>Goes to the caller's frame.</summary>
    public bool MoveNext()
    {
        ulong low = _stackLow != 0 ? _stackLow : (ulong)KernelImage.StackBottom();
        ulong high = _stackHigh != 0 ? _stackHigh : (ulong)KernelImage.StackTop();
        if (_frame < low || _frame + 16 > high || (_frame & 7) != 0)
            return false;
        // Safe: both words lie on the stack, which is mapped from low to high.
        ulong caller = *(ulong*)_frame;
        Current = *(ulong*)(_frame + 8);
        if (Current == 0)
            return false;
        // Frames lie ever higher; anything else is a broken chain and ends with this frame.
        _frame = caller > _frame ? caller : 0;
        return true;
    }
}
