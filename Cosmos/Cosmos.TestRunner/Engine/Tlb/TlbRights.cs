using System;

namespace Cosmos.TestRunner.Engine.Tlb;

/// <summary>What a page-table entry allows; reading goes without saying.</summary>
[Flags]
public enum TlbRights
{
    /// <summary>Reading by the supervisor only.</summary>
    None = 0,

    /// <summary>Stores.</summary>
    Write = 1,

    /// <summary>Instruction fetches: the entry's NX bit is clear.</summary>
    Execute = 2,

    /// <summary>Access from ring 3.</summary>
    User = 4,
}
