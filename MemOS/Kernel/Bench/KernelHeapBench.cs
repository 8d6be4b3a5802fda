using System;
using System.Runtime.CompilerServices;
using Cosmos.Core.Hardware;
using Cosmos.Runtime.Heap;
using MemOS.Hardware;

namespace MemOS.Bench;

/// <summary>
/// Measures the kernel's own heap beside that of Cosmos gen3, in ticks of the time stamp counter:
/// under <c>qemu -icount shift=0</c> a tick is an instruction, and figures repeat exactly.
/// </summary>
internal static class KernelHeapBench
{
    private const int LiveNodes = 50_000;

    private static bool _isWanted;
    private static Node? _list;
    private static object? _kept;

    private sealed class Node(Node? next)
    {
        internal Node? Next { get; } = next;
    }

    /// <summary>Wants it to run when the stack is empty next.</summary>
    internal static void Request()
    {
        _isWanted = true;
        Cpu.RequestEmptyStackWork();
    }

    /// <summary>Runs if it is wanted. No stack may hold references, as it collects.</summary>
    internal static void RunIfWanted()
    {
        if (!_isWanted)
            return;
        _isWanted = false;
        Console.WriteLine();
        Console.WriteLine("heap of the kernel                   MemOS     gen3, ns");
        Console.WriteLine("-----------------------------  -----------  -----------");
        Print("new object", PerObject(100_000, static () => _kept = new object()), "1,000");
        Print("new node of 16 bytes", PerObject(100_000, static () => _kept = new Node(null)), "-");
        Print("new byte[256]", PerObject(20_000, static () => _kept = new byte[256]), "-");
        Print("new byte[100000]", PerObject(1_000, static () => _kept = new byte[100_000]), "-");
        Print("collection, garbage only", GarbageOnly(), "148,000,000");
        Print("collection, 50,000 live nodes", Live(), "-");
        Console.WriteLine();
    }

    private static void Print(string operation, ulong figure, string peer) =>
        Console.WriteLine($"{operation,-29}  {figure,11:N0}  {peer,11}");

    // With the collections that so many objects bring along.
    private static ulong PerObject(int count, Action make)
    {
        make();
        ulong start = Instruction.ReadTimestamp();
        for (int i = 0; i < count; i++)
        {
            make();
            ManagedHeap.CollectIfWanted();
        }
        return (Instruction.ReadTimestamp() - start) / (ulong)count;
    }

    private static ulong GarbageOnly()
    {
        MakeList();
        _list = null;
        return Collect();
    }

    private static ulong Live()
    {
        MakeList();
        ulong ticks = Collect();
        _list = null;
        return ticks;
    }

    private static ulong Collect()
    {
        ulong start = Instruction.ReadTimestamp();
        ManagedHeap.Collect();
        return Instruction.ReadTimestamp() - start;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeList()
    {
        for (int i = 0; i < LiveNodes; i++)
            _list = new Node(_list);
    }
}
