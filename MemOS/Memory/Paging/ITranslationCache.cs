using MemOS.Memory.Addresses;

namespace MemOS.Memory.Paging;

/// <summary>
/// The processor's cache of translations (TLB, and its cache of page-table entries: Intel SDM
/// volume 3, 4.10). Nothing is needed when a translation is added where there was none.
/// </summary>
public interface ITranslationCache
{
    /// <summary>
    /// Forgets one page, small or large, of the address space with this root table; a page of the
    /// kernel half is forgotten for all spaces.
    /// </summary>
    void FlushPage(Frame root, Page page);

    /// <summary>Forgets all user pages of the address space with this root table.</summary>
    void FlushSpace(Frame root);

    /// <summary>Forgets everything, the kernel's global pages included.</summary>
    void FlushAll();
}
