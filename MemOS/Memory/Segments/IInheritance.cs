namespace MemOS.Memory.Segments;

/// <summary>Who knows what may be mapped in a copy of a space.</summary>
public interface IInheritance<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    /// <summary>
    /// A mapping of a segment is about to be copied; the copy's holder gets a claim to it, if the
    /// original's has one.
    /// </summary>
    /// <returns>False if a limit is reached; nothing has changed.</returns>
    bool TryInherit(Segment<TMemory> segment);
}
