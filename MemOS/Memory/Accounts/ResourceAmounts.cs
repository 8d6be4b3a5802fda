using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MemOS.Abi;

namespace MemOS.Memory.Accounts;

/// <summary>An amount of each resource.</summary>
public struct ResourceAmounts
{
    /// <summary>How many resources there are.</summary>
    public const int Count = 7;

    private Slots _slots;

    /// <summary>As limits: none.</summary>
    public static ResourceAmounts Unlimited
    {
        get
        {
            ResourceAmounts amounts = default;
            for (int i = 0; i < Count; i++)
            {
                amounts._slots[i] = ResourceRecord.Unlimited;
            }

            return amounts;
        }
    }

    /// <summary>The amount of one resource.</summary>
    public ulong this[Resource resource]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => _slots[(int)resource];
        set => _slots[(int)resource] = value;
    }

    /// <summary>The amounts that a program named.</summary>
    public static ResourceAmounts From(in ResourceRecord record)
    {
        ResourceAmounts amounts = default;
        amounts[Resource.CommittedBytes] = record.CommittedBytes;
        amounts[Resource.KernelBytes] = record.KernelBytes;
        amounts[Resource.Processes] = record.Processes;
        amounts[Resource.Threads] = record.Threads;
        amounts[Resource.Segments] = record.Segments;
        amounts[Resource.Regions] = record.Regions;
        amounts[Resource.QueuedSignals] = record.QueuedSignals;
        return amounts;
    }

    /// <summary>The amounts as programs are told them.</summary>
    public readonly ResourceRecord ToRecord() => new()
    {
        CommittedBytes = this[Resource.CommittedBytes],
        KernelBytes = this[Resource.KernelBytes],
        Processes = this[Resource.Processes],
        Threads = this[Resource.Threads],
        Segments = this[Resource.Segments],
        Regions = this[Resource.Regions],
        QueuedSignals = this[Resource.QueuedSignals],
    };

    /// <summary>The amount of one resource, to be changed in place.</summary>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref ulong At(Resource resource) => ref _slots[(int)resource];

    [InlineArray(Count)]
    private struct Slots
    {
        private ulong _first;
    }
}
