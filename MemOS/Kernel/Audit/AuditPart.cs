using MemOS.Memory;

namespace MemOS.Audit;

/// <summary>
/// A part of the audit of the machine, which checks some of its rules in pieces. Nothing of what
/// it looks at changes between two pieces, and it makes no objects.
/// </summary>
internal abstract class AuditPart
{
    /// <summary>Whether a rule is broken; the log says which.</summary>
    internal bool IsBroken { get; private protected set; }

    /// <summary>Begins anew.</summary>
    internal void Begin()
    {
        IsBroken = false;
        OnBegin();
    }

    /// <summary>Goes on as far as the budget allows.</summary>
    /// <returns>Whether it is over: all was checked, or a rule is broken.</returns>
    internal abstract bool TryGoOn(ref WorkBudget budget);

    /// <summary>Begins with the first of what there is to check.</summary>
    private protected abstract void OnBegin();
}
