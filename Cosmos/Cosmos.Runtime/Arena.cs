namespace Cosmos.Runtime;

/// <summary>Memory for what lives as long as the image, outside of the collected heap.</summary>
internal static unsafe class Arena
{
    private const nuint ChunkBytes = 16384;

    private static byte* _next;
    private static nuint _left;

    /// <summary>Takes zeroed memory for good.</summary>
    /// <param name="bytes">At most 16 KB; rounded up to 8.</param>
    /// <returns>8-aligned memory, or null when there is none.</returns>
    internal static byte* Take(nuint bytes)
    {
        bytes = (bytes + 7) & ~(nuint)7;
        if (bytes > ChunkBytes)
            return null;
        if (_left < bytes)
        {
            _next = Platform.AllocatePages(ChunkBytes);
            _left = _next == null ? 0 : ChunkBytes;
            if (_next == null)
                return null;
        }
        byte* result = _next;
        _next += bytes;
        _left -= bytes;
        return result;
    }
}
