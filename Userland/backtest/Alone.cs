using System;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>What a child does by itself, with the library's BackedSegment.</summary>
internal static unsafe class Alone
{
    private const nuint Gigabyte = 1 << 30;
    private const nuint Step = 10_003 * (nuint)Memory.PageBytes;

    // More pages than are left when an allocation of one fails.
    private const int MostLeft = 20_000;

    /// <summary>Runs code that comes when it is touched.</summary>
    internal static int RunCode()
    {
        using BackedSegment backed = new(4 * Memory.PageBytes, static (_, page) =>
        {
            // mov eax, 42; ret
            Code.CopyTo(page);
            return BackerAnswer.Done;
        });
        ulong code = backed.Segment.Map(MappingRights.Execute).Start.Value + Memory.PageBytes;
        int value = ((delegate*<int>)code)();
        ErrorCode error = backed.Segment.TryMap(
            0, backed.Segment.Bytes, MappingRights.Write, out _);
        return value == 42 && backed.Supplied == 1 && error == ErrorCode.NotPermitted
            ? Program.Right
            : Program.Wrong;
    }

    /// <summary>Reads pages all over a gigabyte.</summary>
    internal static int ReadFar()
    {
        using BackedSegment backed = new(Gigabyte, Tell);
        ulong start = backed.Segment.Map(MappingRights.Read).Start.Value;
        uint touched = 0;
        for (nuint at = 0; at < Gigabyte; at += Step)
        {
            touched++;
            if (*(ulong*)(start + at) != at + 1)
                return Program.Wrong;
        }
        return backed.Supplied == touched ? Program.Right : Program.Wrong;
    }

    /// <summary>Writes copies, which another mapping does not show.</summary>
    internal static int WriteCopies()
    {
        using BackedSegment backed = new(
            4 * Memory.PageBytes, Tell, BackingMode.CopyOnWrite);
        ulong* one = (ulong*)backed.Segment.Map().Start.Value;
        ulong* other = (ulong*)backed.Segment.Map().Start.Value;
        one[0] = 7;
        bool isRight = one[0] == 7 && other[0] == 1 && backed.Supplied == 1;
        other[0] = 8;
        return isRight && one[0] == 7 && other[0] == 8 ? Program.Right : Program.Wrong;
    }

    /// <summary>A copy of the process is served by the process, not by itself.</summary>
    internal static int ServeCopy()
    {
        using BackedSegment backed = new(8 * Memory.PageBytes, Tell);
        ulong* words = (ulong*)backed.Segment.Map().Start.Value;
        const int Page = Memory.PageBytes / sizeof(ulong);
        if (Process.Copy() is not { } copy)
        {
            words[3 * Page] += 5;
            return words[2 * Page] == (2 * Memory.PageBytes) + 1 && backed.Supplied == 0
                ? Program.Right
                : Program.Wrong;
        }
        bool isRight = Process.Wait(copy).Data == Program.Right;
        return isRight && backed.Supplied == 2 && words[3 * Page] == (3 * Memory.PageBytes) + 6
            ? Program.Right
            : Program.Wrong;
    }

    /// <summary>Touches pages when there is no memory: calls fail, an access ends it.</summary>
    internal static int Starve()
    {
        Caller caller = new();
        BackedSegment backed = new(Gigabyte, Tell);
        ulong at = backed.Segment.Map().Start.Value;
        for (nuint bytes = 1 << 30; bytes >= Memory.PageBytes; bytes /= 2)
        {
            while (Memory.TryAllocate(bytes, MemoryRights.ReadWrite, ZeroFirst.No, out _)
                == ErrorCode.None)
            {
                // As much as there is.
            }
        }
        ErrorCode error = ErrorCode.None;
        for (int i = 0; i < MostLeft && error == ErrorCode.None; i++)
        {
            at += Memory.PageBytes;
            error = caller.Begin(SyscallCode.FillRandom).Put(at).Put(sizeof(ulong)).Send();
        }
        if (error != ErrorCode.NoMemory)
            return Program.Wrong;
        return *(ulong*)at == 0 ? Program.Wrong : Program.Right;
    }

    private static ReadOnlySpan<byte> Code =>
        [0xB8, 0x2A, 0x00, 0x00, 0x00, 0xC3];

    private static BackerAnswer Tell(nuint offset, Span<byte> page)
    {
        BitConverter.TryWriteBytes(page, (ulong)offset + 1);
        return BackerAnswer.Done;
    }
}
