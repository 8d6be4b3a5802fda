using MemOS.Memory.Accounts;

namespace MemOS.Jobs;

/// <summary>
/// What objects of the kernel are charged, before they are made: bytes with all that comes along
/// with one, rounded up. See <see cref="ObjectBytes"/> for those of the memory manager.
/// </summary>
internal static class Charges
{
    /// <summary>
    /// A process with its tables of threads, segments and signals, until its parent knows of its
    /// end.
    /// </summary>
    internal const ulong ProcessBytes = 8 * 1024;

    /// <summary>A thread with its context and its places in queues.</summary>
    internal const ulong ThreadBytes = 2 * 1024;

    /// <summary>What a process needs to run handlers.</summary>
    internal const ulong HandlerBytes = 4 * 1024;

    /// <summary>A claim to a segment, and what is left of its payer if that ends.</summary>
    internal const ulong ClaimBytes = 512;

    /// <summary>A job.</summary>
    internal const ulong JobBytes = 1024;

    /// <summary>Charges a process, without its threads.</summary>
    internal static bool TryTakeProcess(Purse purse) =>
        TryTake(purse, Resource.Processes, ProcessBytes);

    /// <summary>Takes the charge back.</summary>
    internal static void ReturnProcess(Purse purse) =>
        Return(purse, Resource.Processes, ProcessBytes);

    /// <summary>Charges a thread.</summary>
    internal static bool TryTakeThread(Purse purse) =>
        TryTake(purse, Resource.Threads, ThreadBytes);

    /// <summary>Takes the charge back.</summary>
    internal static void ReturnThread(Purse purse) =>
        Return(purse, Resource.Threads, ThreadBytes);

    /// <summary>Charges a number of claims.</summary>
    internal static bool TryTakeClaims(Purse purse, int count) =>
        purse.TryTake(Resource.KernelBytes, (ulong)count * ClaimBytes);

    /// <summary>Takes the charge for a number of claims back.</summary>
    internal static void ReturnClaims(Purse purse, int count) =>
        purse.Return(Resource.KernelBytes, (ulong)count * ClaimBytes);

    private static bool TryTake(Purse purse, Resource one, ulong bytes)
    {
        if (!purse.TryTake(one, 1))
            return false;
        if (purse.TryTake(Resource.KernelBytes, bytes))
            return true;
        purse.Return(one, 1);
        return false;
    }

    private static void Return(Purse purse, Resource one, ulong bytes)
    {
        purse.Return(one, 1);
        purse.Return(Resource.KernelBytes, bytes);
    }
}
