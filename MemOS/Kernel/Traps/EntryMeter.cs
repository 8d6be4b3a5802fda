using System;
using Cosmos.Core.Hardware;
using MemOS.Abi;
using MemOS.Boot;
using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Processes;
using MemOS.Syscalls;

namespace MemOS.Traps;

/// <summary>
/// How long entries into the kernel are, the longest of each kind, in ticks of the time stamp
/// counter. Only a kernel that is started with the word <c>entries</c> measures: it enters by
/// another routine of Traps.asm, and leaves by way of the work for the empty stack.
/// </summary>
internal static unsafe class EntryMeter
{
    private const string Word = "entries";
    private const uint LongStar = 0xC0000082;
    private const int Numbers = 256;
    private const int Kinds = 5;

    // The longest by kind and number.
    private static ulong[] _longest = [];

    // What is told: made once, as the call takes nothing of the heap.
    private static EntryRecord[] _records = [];

    private static ulong _start;
    private static EntryKind _kind;
    private static byte _number;

    /// <summary>Whether entries are measured.</summary>
    internal static bool IsOn { get; private set; }

    /// <summary>Measures from now on, if the boot menu asks for it.</summary>
    internal static void Start()
    {
        if (!CommandLine.Has(Word))
            return;
        _longest = new ulong[Kinds * Numbers];
        _records = new EntryRecord[_longest.Length];
        IsOn = true;
        Instruction.WriteMsr(LongStar, MachineCode.MeasuredEntry());
    }

    /// <summary>A system call begins, whose block is said to be at an address.</summary>
    internal static void BeginSystemCall(Process caller, ulong block)
    {
        byte* code = UserMemory.ReachWithinPage(caller, block, 1);
        // Safe: one byte of the caller's memory, which is there.
        Begin(EntryKind.SystemCall, code == null ? (byte)0 : *code);
    }

    /// <summary>An exception of a program or a device's interrupt begins.</summary>
    internal static void BeginTrap(Vector vector) => Begin(
        vector >= Vector.FirstLine ? EntryKind.Interrupt : EntryKind.Exception, (byte)vector);

    /// <summary>A piece of longer work begins, which no program asked for.</summary>
    internal static void BeginPiece() => Begin(EntryKind.Piece, 0);

    /// <summary>The kernel collects a part of its garbage and draws a part of the screen.
    /// </summary>
    internal static void BeginOwnWork() => Begin(EntryKind.OwnWork, 0);

    /// <summary>The entry ends.</summary>
    internal static void End()
    {
        Cpu.EndMeasurement();
        ulong ticks = Instruction.ReadTimestamp() - _start;
        ref ulong longest = ref _longest[((int)_kind * Numbers) + _number];
        longest = Math.Max(longest, ticks);
    }

    /// <summary>
    /// The longest of each kind that there was, in descending order; good until this is asked
    /// again.
    /// </summary>
    internal static ReadOnlySpan<EntryRecord> List()
    {
        int count = 0;
        for (int i = 0; i < _longest.Length; i++)
        {
            if (_longest[i] == 0)
                continue;
            int place = count++;
            for (; place > 0 && _records[place - 1].Ticks < _longest[i]; place--)
                _records[place] = _records[place - 1];
            _records[place] = new EntryRecord
            {
                Ticks = _longest[i],
                Kind = (EntryKind)(i / Numbers),
                Number = (byte)i,
            };
        }
        return _records.AsSpan(0, count);
    }

    /// <summary>Forgets all.</summary>
    internal static void Forget() => Array.Clear(_longest);

    private static void Begin(EntryKind kind, byte number)
    {
        _kind = kind;
        _number = number;
        Cpu.BeginMeasurement();
        _start = Instruction.ReadTimestamp();
    }
}
