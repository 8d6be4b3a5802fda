namespace MemOS.Hardware;

/// <summary>
/// What programs may do by the keys of their pages (Intel SDM 3A, 4.6.2). The page tables give key
/// 1 to execute-only pages.
/// </summary>
internal static class ProtectionKeys
{
    // Two bits a key: no access, no writing. Key 1 has no access; fetches do not count as one.
    private const uint Rights = 1 << 2;

    /// <summary>
    /// Sets it right for the thread that is next: the last one may have changed it.
    /// </summary>
    internal static void Load()
    {
        if (CpuFeatures.Has(CpuFeature.Pku))
            MachineCode.WriteProtectionKeys(Rights);
    }
}
