using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>What depends on the processor.</summary>
internal static class Processor
{
    /// <summary>Whether memory that is for execution alone can be read all the same.</summary>
    internal static bool ReadsCode { get; } = TryRead();

    private static bool TryRead()
    {
        using Pages code = Memory.Allocate(Memory.PageBytes, MemoryRights.Execute);
        try
        {
            return !MemoryWord.Wait(code.Start, 0, 0);
        }
        catch (MemOsException)
        {
            return false;
        }
    }
}
