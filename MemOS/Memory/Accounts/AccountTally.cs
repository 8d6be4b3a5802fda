namespace MemOS.Memory.Accounts;

/// <summary>What an audit has met that is to be charged to an account.</summary>
internal struct AccountTally
{
    private ResourceAmounts _amounts;
    private ulong _metIn;
    private ulong _comparedIn;

    /// <summary>All that was met in the last audit.</summary>
    internal readonly ResourceAmounts Amounts => _amounts;

    /// <summary>Adds to what was met in an audit; the first time, what an earlier one met goes.
    /// </summary>
    internal void Add(in ResourceAmounts amounts, ulong audit)
    {
        BeginIn(audit);
        for (Resource i = 0; i < (Resource)ResourceAmounts.Count; i++)
        {
            _amounts[i] += amounts[i];
        }
    }

    /// <summary>Whether it is to be compared in an audit: once.</summary>
    internal bool TryCompare(ulong audit)
    {
        BeginIn(audit);
        bool isFirst = _comparedIn != audit;
        _comparedIn = audit;
        return isFirst;
    }

    private void BeginIn(ulong audit)
    {
        if (_metIn != audit)
        {
            _amounts = default;
            _metIn = audit;
        }
    }
}
