using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>Pages of one's own, beside what <c>new</c> gives: MEM_ALLOC and MEM_FREE.</summary>
public static class Memory
{
    /// <summary>Size of a page in bytes.</summary>
    public const int PageBytes = 4096;

    /// <summary>Gets zeroed pages at a random address.</summary>
    /// <param name="bytes">How much; rounded up to whole pages.</param>
    /// <param name="rights">What the program may do with them.</param>
    /// <returns>The pages; to be disposed of.</returns>
    /// <exception cref="MemOsException">No such rights, or no memory.</exception>
    public static Pages Allocate(nuint bytes, MemoryRights rights = MemoryRights.ReadWrite)
    {
        ErrorCode error = TryAllocate(bytes, rights, ZeroFirst.Yes, out Address start);
        return error == ErrorCode.None
            ? new Pages(start, PagesFor(bytes) * PageBytes)
            : throw new MemOsException(SyscallCode.MemAlloc, error);
    }

    /// <summary>Gets pages at a random address, or says why not.</summary>
    /// <param name="bytes">How much; rounded up to whole pages.</param>
    /// <param name="rights">What the program may do with them.</param>
    /// <param name="zeroFirst">
    /// Whether pages that this process had before may come back with what it left in them.
    /// </param>
    /// <param name="start">Where they lie; to be given back with <see cref="Free"/>.</param>
    /// <returns>
    /// 0x10: rights that nobody can have (write and execute); 0x40: no memory for it.
    /// </returns>
    public static ErrorCode TryAllocate(
        nuint bytes, MemoryRights rights, ZeroFirst zeroFirst, out Address start)
    {
        ErrorCode error = Syscall.InvokeShort(
            new AllocateBlock(bytes, rights, zeroFirst), out ulong address);
        start = new Address(address);
        return error;
    }

    /// <summary>Gives pages back.</summary>
    /// <param name="start">Where they begin.</param>
    /// <param name="bytes">How much; rounded up to whole pages, all of them allocated.</param>
    /// <exception cref="MemOsException">Not pages of an allocation; nothing was freed.</exception>
    public static void Free(Address start, nuint bytes)
    {
        ErrorCode error = Syscall.InvokeShort(new FreeBlock(start, PagesFor(bytes)), out _);
        if (error != ErrorCode.None)
            throw new MemOsException(SyscallCode.MemFree, error);
    }

    // Without a sum that the highest numbers would overflow.
    private static nuint PagesFor(nuint bytes) =>
        (bytes / PageBytes) + (bytes % PageBytes == 0 ? 0u : 1u);
}
