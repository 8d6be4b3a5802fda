namespace Cosmos.Runtime;

/// <summary>
/// The memory behind FS: thread-local data below the thread pointer, the pointer to itself at it
/// (System V ABI, AMD64 supplement, TLS variant II).
/// </summary>
public static unsafe class ThreadBlock
{
    /// <summary>Size of the block a thread needs, in bytes.</summary>
    public const int Size = 4096;

    private const nuint ControlBytes = 64;

    /// <summary>Lays a thread's block out in zeroed memory.</summary>
    /// <param name="block"><see cref="Size"/> zeroed bytes, 64-aligned.</param>
    /// <returns>The thread pointer, for the FS base.</returns>
    public static byte* Create(byte* block)
    {
        nuint initialised = (nuint)(Image.ThreadDataEnd() - Image.ThreadDataStart());
        nuint total = (nuint)(Image.ThreadBssEnd() - Image.ThreadDataStart());
        if (total + ControlBytes > Size)
            Platform.Fail("The image's thread-local data does not fit the thread block.");
        byte* pointer = block + Size - ControlBytes;
        // The linker counts offsets back from the segment's end rounded up to its alignment.
        byte* data = pointer - ((total + 15) & ~(nuint)15);
        for (nuint i = 0; i < initialised; i++)
            data[i] = Image.ThreadDataStart()[i];
        *(byte**)pointer = pointer;
        return pointer;
    }
}
