using System;
using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
using MemOS.Modeltest.Peers;

namespace MemOS.Modeltest;

/// <summary>Which calls gave what, and how often: whether the steps went everywhere.</summary>
internal static class Outcomes
{
    private static readonly SortedDictionary<(SyscallCode Code, ErrorCode Error), int> _counts = [];

    private static readonly int[] _orders = new int[(int)OrderKind.Exit + 1];

    /// <summary>How many there are of call and error.</summary>
    internal static int Kinds => _counts.Count;

    internal static void Add(SyscallCode code, ErrorCode error)
    {
        _counts.TryGetValue((code, error), out int count);
        _counts[(code, error)] = count + 1;
    }

    internal static void Add(OrderKind order) => _orders[(int)order]++;

    internal static void Print()
    {
        IEnumerable<string> orders = _orders.Select((count, i) => $"{(OrderKind)i} {count}");
        Console.WriteLine(string.Join(", ", orders));
        foreach (IGrouping<SyscallCode, KeyValuePair<(SyscallCode Code, ErrorCode Error), int>>
            call in _counts.GroupBy(c => c.Key.Code))
        {
            IEnumerable<string> errors =
                call.Select(c => $"{(byte)c.Key.Error:X2} {c.Value} times");
            Console.WriteLine($"{call.Key}: {string.Join(", ", errors)}");
        }
    }
}
