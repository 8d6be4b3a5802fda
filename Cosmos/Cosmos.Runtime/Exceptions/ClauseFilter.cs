namespace Cosmos.Runtime.Exceptions;

/// <summary>
/// Passes over the clauses that can't apply because one of them let the exception out: those up
/// to it, and those that guard the same try block.
/// </summary>
internal struct ClauseFilter(uint runningClause)
{
    private uint _running = runningClause;
    private Clause _last;

    /// <summary>Whether to pass over a clause; to be asked of each in order.</summary>
    internal bool Skips(in Clause clause, uint index)
    {
        if (_running == StackFrame.NoClause)
            return false;
        if (index <= _running)
        {
            _last = clause;
            return true;
        }
        if (clause.SameTry(_last))
            return true;
        // A clause between two runs of the same range marks that a new try block begins.
        _running = StackFrame.NoClause;
        return false;
    }
}
