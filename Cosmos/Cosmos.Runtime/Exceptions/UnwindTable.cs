namespace Cosmos.Runtime.Exceptions;

/// <summary>
/// The image's unwind data: <c>.eh_frame</c>, found by the sorted index <c>.eh_frame_hdr</c> that
/// the linker makes (Linux Standard Base, Core, section 10.6).
/// </summary>
internal static unsafe class UnwindTable
{
    private const byte PcRelative32 = 0x1B;
    private const byte Count32 = 0x03;
    private const byte TableRelative32 = 0x3B;

    /// <summary>Finds the description of the function that holds an address.</summary>
    /// <returns>False when no compiled method is there.</returns>
    internal static bool TryFind(ulong address, out FunctionEntry function)
    {
        function = default;
        byte* header = Image.UnwindIndex();
        if (header[0] != 1 || header[1] != PcRelative32 || header[2] != Count32
            || header[3] != TableRelative32)
            Platform.Fail("The image's unwind index is not of the known form.");
        int count = *(int*)(header + 8);
        int* rows = (int*)(header + 12);
        long offset = (long)(address - (ulong)header);
        int low = 0;
        int high = count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (rows[middle * 2] <= offset)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == 0)
            return false;
        function = FunctionEntry.Read(header + rows[((low - 1) * 2) + 1]);
        return address - function.Start < function.Length;
    }
}
