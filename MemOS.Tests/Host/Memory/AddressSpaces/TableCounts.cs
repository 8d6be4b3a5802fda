using System.Collections.Generic;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>Which page tables below the root some pages need, and how often.</summary>
internal sealed class TableCounts
{
    private const int Levels = 4;
    private readonly Dictionary<(int Level, ulong Number), int> _users = [];

    public ulong Count => (ulong)_users.Count;

    public ulong CountNew(ulong first, ulong end)
    {
        ulong tables = 0;
        for (int level = 1; level < Levels; level++)
        {
            for (ulong i = first >> (9 * level); i <= (end - 1) >> (9 * level); i++)
            {
                tables += _users.ContainsKey((level, i)) ? 0u : 1u;
            }
        }

        return tables;
    }

    public void Add(ulong first, ulong end, int lowest = 1)
    {
        for (int level = lowest; level < Levels; level++)
        {
            for (ulong i = first >> (9 * level); i <= (end - 1) >> (9 * level); i++)
            {
                _users[(level, i)] = _users.GetValueOrDefault((level, i)) + 1;
            }
        }
    }

    public void Remove(ulong first, ulong end, int lowest = 1)
    {
        for (int level = lowest; level < Levels; level++)
        {
            for (ulong i = first >> (9 * level); i <= (end - 1) >> (9 * level); i++)
            {
                int left = _users[(level, i)] - 1;
                _users[(level, i)] = left;
                if (left == 0)
                {
                    _users.Remove((level, i));
                }
            }
        }
    }
}
