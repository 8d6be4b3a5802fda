using System;

namespace MemOS.Memory.Contracts;

/// <summary>A rule of the memory manager was broken: the kernel answers with a panic.</summary>
public sealed class ContractBrokenException : Exception
{
    /// <summary>Names the rule that was broken.</summary>
    public ContractBrokenException(string rule)
        : base(rule)
    {
    }
}
