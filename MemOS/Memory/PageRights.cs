using System.Runtime.CompilerServices;

namespace MemOS.Memory;

/// <summary>
/// What may be done to a page. There is no value that lets one both write and execute, and none
/// that can be made (architecture decision D8).
/// </summary>
public readonly record struct PageRights
{
    private readonly Access _allowed;

    private PageRights(Access allowed) => _allowed = allowed;

    /// <summary>Nothing: any access faults. Also <c>default</c>.</summary>
    public static PageRights None => default;

    /// <summary>Loads only.</summary>
    public static PageRights Read => new(Access.Read);

    /// <summary>Loads and stores.</summary>
    public static PageRights ReadWrite => new(Access.Read | Access.Write);

    /// <summary>Loads and instruction fetches.</summary>
    public static PageRights ReadExecute => new(Access.Read | Access.Execute);

    /// <summary>
    /// Instruction fetches. Loads fault too where the processor has protection keys; elsewhere the
    /// page tables cannot say it and loads go through.
    /// </summary>
    public static PageRights ExecuteOnly => new(Access.Execute);

    /// <summary>The accesses that are allowed, joined.</summary>
    public Access Allowed => _allowed;

    /// <summary>Whether stores are allowed.</summary>
    public bool CanWrite => (_allowed & Access.Write) != 0;

    /// <summary>Whether instruction fetches are allowed.</summary>
    public bool CanExecute => (_allowed & Access.Execute) != 0;

    /// <summary>
    /// The rights that a caller wishes for. Write brings read with it, as the page tables know no
    /// write-only page. Write together with execute is refused.
    /// </summary>
    public static bool TryCreate(Access wanted, out PageRights rights)
    {
        const Access All = Access.Read | Access.Write | Access.Execute;
        const Access Both = Access.Write | Access.Execute;
        rights = None;
        if ((wanted & ~All) != 0 || (wanted & Both) == Both)
        {
            return false;
        }

        rights = (wanted & Access.Write) != 0 ? ReadWrite : new PageRights(wanted);
        return true;
    }

    /// <summary>Whether every one of the accesses is allowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Allows(Access access) => (access & ~_allowed) == 0;

    /// <summary>Whether the other rights allow all that these do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsWithin(PageRights most) => most.Allows(_allowed);

    /// <summary>
    /// What both allow. Narrowing can leave no value outside the named ones: write never stays
    /// without read.
    /// </summary>
    public PageRights Narrow(PageRights most) => new(_allowed & most._allowed);

    /// <summary>
    /// The same rights for reading alone: what a copy-on-write page has at first.
    /// </summary>
    public PageRights WithoutWrite() => new(_allowed & ~Access.Write);

    /// <inheritdoc/>
    public override string ToString() => _allowed switch
    {
        Access.None => "---",
        Access.Read => "r--",
        Access.Read | Access.Write => "rw-",
        Access.Read | Access.Execute => "r-x",
        _ => "--x",
    };
}
