namespace MemOS.Fuzz;

/// <summary>
/// Numbers that look random and are the same for the same seed (splitmix64: Steele, Lea and Flood,
/// 2014). It allocates nothing.
/// </summary>
internal struct Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Any number.</summary>
    internal ulong Next()
    {
        ulong z = _state += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number below a limit.</summary>
    internal int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>True once in so many times.</summary>
    internal bool OneIn(int times) => Below(times) == 0;
}
