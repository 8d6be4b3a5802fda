namespace MemOS.Images;

/// <summary>Where in the file the relocations are.</summary>
/// <param name="Rela">Entries with addends: DT_RELA and what adjoins it.</param>
/// <param name="Plt">Entries with addends that lie apart: DT_JMPREL.</param>
/// <param name="Relr">Packed entries: DT_RELR.</param>
internal readonly record struct RelocationTables(FileRange Rela, FileRange Plt, FileRange Relr)
{
    /// <summary>
    /// Joins the two tables with addends where they overlap, as they do when a linker script puts
    /// both in one section: GNU ld then gives DT_JMPREL the whole of it, and DT_RELA all but some
    /// entries at the start.
    /// </summary>
    /// <returns>Whether the entries of tables that overlap coincide.</returns>
    internal static bool TryCreate(
        FileRange rela, FileRange plt, FileRange relr, out RelocationTables tables)
    {
        if (!rela.Overlaps(plt))
        {
            tables = new RelocationTables(rela, plt, relr);
            return true;
        }

        tables = new RelocationTables(rela.Join(plt), default, relr);
        return (rela.Start - plt.Start) % RelocationList.EntryBytes == 0;
    }
}
