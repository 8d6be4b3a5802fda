namespace MemOS.Images;

/// <summary>Where a walk over packed relocations (DT_RELR) is.</summary>
/// <param name="HasAddress">Whether there was an address, from which bitmaps go on.</param>
/// <param name="Bitmap">The words of the last bitmap that are still to come.</param>
/// <param name="BitmapStart">The place that its lowest bit stands for.</param>
/// <param name="Next">The place that the next bitmap's lowest bit stands for.</param>
internal readonly record struct PackedPosition(
    bool HasAddress, ulong Bitmap, ulong BitmapStart, ulong Next);
