namespace MemOS.Memory.Paging;

/// <summary>The page tables of all address spaces, for an audit.</summary>
public interface IAuditedTables<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    /// <summary>Begins with the first again.</summary>
    void Restart();

    /// <summary>Those of the next space, null if it has none; false if there is no more.</summary>
    bool TryNext(out PageTable<TMemory>? table);
}
