namespace MemOS.Memory.Accounts;

/// <summary>
/// The purses of a tree of accounts that keep something. There are only so many at a time, so that
/// getting back what all of them keep is a bounded piece of work however many processes there are.
/// </summary>
internal sealed class Keepers
{
    /// <summary>How many purses keep something at most.</summary>
    internal const int Most = 64;

    private readonly Purse?[] _places = new Purse?[Most];
    private int _next;

    /// <summary>
    /// Lets a purse keep something from now on; the one that was let longest ago no longer may.
    /// </summary>
    /// <returns>The purse's place.</returns>
    internal int Add(Purse purse)
    {
        int place = _next;
        _places[place]?.StopKeeping();
        _places[place] = purse;
        _next = (place + 1) % Most;
        return place;
    }

    /// <summary>Empties a place.</summary>
    internal void Remove(int place) => _places[place] = null;

    /// <summary>
    /// Has the purses of an account and of those below it give back what they keep of a resource.
    /// </summary>
    /// <returns>Whether any kept something.</returns>
    internal bool TrySettle(Account account, Resource resource)
    {
        bool hasSettled = false;
        foreach (Purse? purse in _places)
        {
            if (purse is not null && purse.Kept[resource] != 0 && purse.Account.IsWithin(account))
            {
                purse.Settle(resource);
                hasSettled = true;
            }
        }

        return hasSettled;
    }
}
