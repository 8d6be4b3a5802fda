using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Instructions.Accesses;

/// <summary>
/// An instruction that touched served memory, and what it got there so far: what a thread keeps
/// while it waits. The instruction is performed from its start again after each answer; accesses
/// that are noted here are not asked for a second time.
/// </summary>
public struct ServedInstruction
{
    /// <summary>The longest instruction (Intel SDM 2A, 2.3.11).</summary>
    public const int MostBytes = 15;

    // The most that an instruction, or one iteration of it, has: CMPS, or a move of 16 bytes.
    private const int MostAccesses = 2;

    private readonly CodeBytes _code;
    private readonly byte _length;
    private byte _loadCount;
    private byte _storeCount;
    private NotedAccesses _loads;
    private NotedAccesses _stores;

    /// <summary>An instruction of which nothing is done.</summary>
    /// <param name="code">Its bytes, or more, up to <see cref="MostBytes"/>.</param>
    /// <param name="fault">The byte that the processor could not reach.</param>
    public ServedInstruction(scoped ReadOnlySpan<byte> code, VirtualAddress fault)
    {
        Ensure.That(code.Length <= MostBytes, "an instruction has at most 15 bytes");
        code.CopyTo(_code);
        _length = (byte)code.Length;
        Fault = fault;
    }

    /// <summary>The byte that the processor could not reach.</summary>
    public VirtualAddress Fault { get; }

    /// <summary>The instruction's bytes.</summary>
    [UnscopedRef]
    internal readonly ReadOnlySpan<byte> Code => ((ReadOnlySpan<byte>)_code)[.._length];

    /// <summary>Notes that an access that was wanted has been answered.</summary>
    /// <param name="access">The access, as it was wanted.</param>
    /// <param name="answer">What was loaded; no matter for a store.</param>
    public void Complete(MemoryAccess access, ulong answer)
    {
        if (access.Kind == Access.Write)
            _stores[_storeCount++] = access;
        else
            _loads[_loadCount++] = access with { Value = access.Size.Truncate(answer) };
    }

    /// <summary>Whether the load with this number was answered.</summary>
    internal readonly bool TryGetLoad(int number, out MemoryAccess access)
    {
        bool isNoted = number < _loadCount;
        access = isNoted ? _loads[number] : default;
        return isNoted;
    }

    /// <summary>Whether the store with this number was delivered.</summary>
    internal readonly bool TryGetStore(int number, out MemoryAccess access)
    {
        bool isNoted = number < _storeCount;
        access = isNoted ? _stores[number] : default;
        return isNoted;
    }

    [InlineArray(MostBytes)]
    private struct CodeBytes
    {
        private byte _first;
    }

    [InlineArray(MostAccesses)]
    private struct NotedAccesses
    {
        private MemoryAccess _first;
    }
}
