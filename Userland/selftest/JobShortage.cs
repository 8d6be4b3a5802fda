using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>The page by which a process has another one change the limits of its job.</summary>
internal struct LimitBox
{
    /// <summary>How often that was asked for.</summary>
    internal ulong Asked;

    /// <summary>How often it was done.</summary>
    internal ulong Done;

    /// <summary>The limits that are wanted.</summary>
    internal ResourceRecord Limits;
}

/// <summary>The job of this process may have no more of something.</summary>
/// <param name="box">Where who sets its limits looks.</param>
/// <param name="place">Of what: its place in a <see cref="ResourceRecord"/>.</param>
/// <param name="step">The least that a call could take of it.</param>
internal sealed unsafe class JobShortage(LimitBox* box, int place, ulong step) : Shortage
{
    // Of an amount that is large, this part of it is the step.
    private const ulong Density = 8;

    private static readonly Caller _caller = new();
    private static readonly JobRecord* _record =
        (JobRecord*)Memory.Allocate(Memory.PageBytes).Start.Value;

    internal override ulong Most => step << 16;

    /// <inheritdoc/>
    // Safe, here and below: a record is numbers, and the box stays.
    internal override void Begin(ulong amount)
    {
        _caller.TellOwnJob(_record);
        End(box);
        ((ulong*)&box->Limits)[place] = ((ulong*)&_record->Usage)[place] + amount;
        Await(box);
    }

    /// <inheritdoc/>
    internal override void End()
    {
        End(box);
        Await(box);
    }

    /// <inheritdoc/>
    internal override ulong After(ulong amount) => amount + step + (amount / Density / step * step);

    private static void End(LimitBox* box)
    {
        for (int i = 0; i < sizeof(ResourceRecord) / sizeof(ulong); i++)
            ((ulong*)&box->Limits)[i] = ResourceRecord.Unlimited;
    }

    // By the call that needs nothing.
    private static void Await(LimitBox* box)
    {
        ulong asked = box->Asked + 1;
        Volatile.Write(ref box->Asked, asked);
        while (Volatile.Read(ref box->Done) != asked)
            Process.HandOver();
    }
}
