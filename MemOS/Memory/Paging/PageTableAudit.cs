using MemOS.Memory.Frames;

namespace MemOS.Memory.Paging;

/// <summary>
/// Checks the page tables of the whole machine against the records of all frames, in pieces and
/// without any memory of its own. Between two operations of the memory manager every rule of
/// <see cref="AuditRule"/> holds; between two pieces of an audit there must be none.
/// </summary>
public sealed class PageTableAudit<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    // About what a step takes, in instructions.
    private const ulong SpaceCost = 100;

    private readonly PageTable<TMemory> _kernel;
    private readonly IAuditedTables<TMemory> _spaces;
    private readonly AuditOfTables<TMemory> _tables;
    private readonly AuditOfFrames<TMemory> _frames;
    private Stage _stage;
    private bool _hasKernelCome;
    private uint _families;

    /// <summary>An audit that has not begun.</summary>
    /// <param name="frames">All RAM.</param>
    /// <param name="kernel">The kernel's tables.</param>
    /// <param name="spaces">Those of all address spaces there are.</param>
    public PageTableAudit(
        FrameAllocator<TMemory> frames, PageTable<TMemory> kernel,
        IAuditedTables<TMemory> spaces)
    {
        _kernel = kernel;
        _spaces = spaces;
        _tables = new AuditOfTables<TMemory>(frames);
        _frames = new AuditOfFrames<TMemory>(frames);
    }

    private enum Stage : byte
    {
        ForgetMarks,
        NumberFamilies,
        WalkTables,
        CompareFamilies,
        CompareFrames,
        Done,
    }

    /// <summary>The first broken rule so far; or that all is sound.</summary>
    public AuditFinding Finding =>
        _tables.Finding.IsSound ? _frames.Finding : _tables.Finding;

    /// <summary>Begins anew.</summary>
    public void Begin()
    {
        _tables.Begin();
        _frames.Begin();
        _families = 0;
        _stage = Stage.ForgetMarks;
        Restart();
    }

    /// <summary>Goes on as far as the budget allows.</summary>
    /// <returns>Whether it is over: all was checked, or a rule is broken.</returns>
    public bool TryGoOn(ref WorkBudget budget)
    {
        while (Finding.IsSound && _stage != Stage.Done)
        {
            if (budget.IsSpent)
            {
                return false;
            }

            if (TryFinishStage(ref budget))
            {
                _stage++;
                Restart();
            }
        }

        return true;
    }

    private bool TryFinishStage(ref WorkBudget budget) => _stage switch
    {
        Stage.ForgetMarks => _frames.TryForget(ref budget),
        Stage.CompareFrames => _frames.TryCompare(ref budget),
        _ => TryVisitNext(ref budget),
    };

    private bool TryVisitNext(ref WorkBudget budget)
    {
        if (!_tables.TryWalk(ref budget))
        {
            return false;
        }

        budget.Spend(SpaceCost);
        bool isThere = TryNext(out PageTable<TMemory>? table);
        if (table is not null)
        {
            Visit(table, ref budget);
        }

        return !isThere;
    }

    private void Visit(PageTable<TMemory> table, ref WorkBudget budget)
    {
        switch (_stage)
        {
            case Stage.NumberFamilies:
                // A family gets another number with each of its spaces; the last one stays.
                table.Family.Met = new FamilyTally { Number = ++_families };
                break;
            case Stage.WalkTables:
                _tables.Enter(table, _kernel, ref budget);
                break;
            default:
                _tables.CompareFamily(table.Family);
                break;
        }
    }

    private void Restart()
    {
        _spaces.Restart();
        _hasKernelCome = false;
    }

    // The kernel's tables come last.
    private bool TryNext(out PageTable<TMemory>? table)
    {
        if (_spaces.TryNext(out table))
        {
            return true;
        }

        table = _hasKernelCome ? null : _kernel;
        _hasKernelCome = true;
        return table is not null;
    }
}
