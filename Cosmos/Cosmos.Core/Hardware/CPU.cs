using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Cosmos.Core.Boot;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Hardware;
using Cosmos.Core.Memory;
using Cosmos.Core.Time;

namespace Cosmos.Core;

/// <summary>The processor and what it can see.</summary>
public static unsafe class CPU
{
    private const ulong BytesPerMegabyte = 1 << 20;
    private const ulong InterruptFlag = 1 << 9;
    private const uint BrandLeaf = 0x80000002;
    private const uint LastBrandLeaf = 0x80000004;
    private const uint LastExtendedLeaf = 0x80000000;

    private static readonly (string Unit, double Hertz)[] _clockUnits =
        [("THz", 1e12), ("GHz", 1e9), ("MHz", 1e6)];

    private static RawMemoryMapBlock* _largest;

    /// <summary>Memory that the boot loader reports as usable, in whole MB.</summary>
    public static uint GetAmountOfRAM() =>
        (uint)((TotalMemoryBytes() + BytesPerMegabyte - 1) / BytesPerMegabyte);

    /// <summary>Address after the kernel's last byte.</summary>
    public static nuint GetEndOfKernel() => (nuint)KernelImage.Data.End;

    /// <summary>Address after the last byte of the boot stack.</summary>
    public static nuint GetStackStart() => (nuint)KernelImage.StackTop();

    /// <summary>Sleeps until the next interrupt.</summary>
    public static void Halt() => Instruction.Halt();

    /// <summary>Whether interrupts come in now.</summary>
    public static bool mInterruptsEnabled => (Instruction.ReadFlags() & InterruptFlag) != 0;

    /// <summary>Lets interrupts in.</summary>
    public static void EnableInterrupts() => Instruction.EnableInterrupts();

    /// <summary>Keeps interrupts out.</summary>
    /// <returns>Whether they came in before.</returns>
    public static bool DisableInterrupts()
    {
        bool cameIn = mInterruptsEnabled;
        Instruction.DisableInterrupts();
        return cameIn;
    }

    /// <summary>Nothing to do: compiled code needs the unit, so the boot code sets it up.</summary>
    public static void InitFloat()
    {
    }

    /// <summary>Nothing to do: compiled code needs the unit, so the boot code sets it up.</summary>
    public static void InitSSE()
    {
    }

    /// <summary>The frame pointer of the caller.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nuint GetEBPValue() => *(nuint*)Instruction.ReadFramePointer();

    /// <summary>Loads the interrupt table; set up at boot already.</summary>
    /// <param name="aEnableInterruptsImmediately">Whether to let interrupts in after it.</param>
    public static void UpdateIDT(bool aEnableInterruptsImmediately)
    {
        if (aEnableInterruptsImmediately)
            EnableInterrupts();
    }

    /// <summary>Starts the machine anew.</summary>
    public static void Reboot() => ACPI.Reboot();

    /// <summary>Clears memory.</summary>
    public static void ZeroFill(nuint aStartAddress, nuint aLength) =>
        NativeMemory.Clear((void*)aStartAddress, aLength);

    /// <summary>Whether the processor has CPUID: every 64-bit one has.</summary>
    /// <returns>1.</returns>
    public static int CanReadCPUID() => 1;

    /// <summary>CPUID.</summary>
    /// <param name="type">The leaf.</param>
    /// <param name="eax">What the leaf has in EAX.</param>
    /// <param name="ebx">In EBX.</param>
    /// <param name="ecx">In ECX.</param>
    /// <param name="edx">In EDX.</param>
    public static void ReadCPUID(uint type, ref int eax, ref int ebx, ref int ecx, ref int edx)
    {
        uint* results = stackalloc uint[4];
        Instruction.Cpuid(type, 0, results);
        eax = (int)results[0];
        ebx = (int)results[1];
        ecx = (int)results[2];
        edx = (int)results[3];
    }

    /// <summary>The time stamp counter.</summary>
    public static ulong ReadTimestampCounter() => Instruction.ReadTimestamp();

    /// <summary>Counts of the time stamp counter since reset.</summary>
    public static ulong GetCPUUptime() => Instruction.ReadTimestamp();

    /// <summary>Counts of the time stamp counter a second, as measured.</summary>
    public static long GetCPUCycleSpeed() => (long)Clock.Frequency;

    /// <summary>Reads a model-specific register; an unknown one is a #GP.</summary>
    public static ulong ReadMSR(uint aRegister) => Instruction.ReadMsr(aRegister);

    /// <summary>Writes a model-specific register; an unknown one is a #GP.</summary>
    public static void WriteMSR(uint aRegister, ulong aValue) =>
        Instruction.WriteMsr(aRegister, aValue);

    /// <summary>Who made the processor, for example <c>GenuineIntel</c>.</summary>
    public static string GetCPUVendorName()
    {
        uint* results = stackalloc uint[4];
        Instruction.Cpuid(0, 0, results);
        // The name is in EBX, EDX, ECX, in this order.
        uint* name = stackalloc uint[] { results[1], results[3], results[2] };
        return Encoding.ASCII.GetString((byte*)name, 12);
    }

    /// <summary>The processor's name; empty when it does not tell.</summary>
    public static string GetCPUBrandString()
    {
        uint* results = stackalloc uint[4];
        Instruction.Cpuid(LastExtendedLeaf, 0, results);
        if (results[0] < LastBrandLeaf)
            return "";
        uint* name = stackalloc uint[12];
        for (uint i = 0; i < 3; i++)
            Instruction.Cpuid(BrandLeaf + i, 0, name + i * 4);
        return Encoding.ASCII.GetString((byte*)name, 48).Trim('\0', ' ');
    }

    /// <summary>The clock rate that a processor's name tells, as <c>2.4GHz</c> does.</summary>
    /// <param name="s">What <see cref="GetCPUBrandString"/> returns.</param>
    /// <returns>In hertz.</returns>
    /// <exception cref="NotSupportedException">It tells none.</exception>
    public static long EstimateCPUSpeedFromName(string s)
    {
        string[] words = s.Split([' ', '\0'], StringSplitOptions.RemoveEmptyEntries);
        for (int i = words.Length - 1; i >= 0; i--)
        {
            foreach ((string unit, double hertz) in _clockUnits)
            {
                if (!words[i].EndsWith(unit, StringComparison.Ordinal))
                    continue;
                // The number is in front of the unit or is the word before it.
                string number = words[i].Length > unit.Length ? words[i][..^unit.Length]
                    : i > 0 ? words[i - 1] : "";
                if (double.TryParse(number, CultureInfo.InvariantCulture, out double value)
                    && value > 0)
                    return (long)(value * hertz);
            }
        }
        throw new NotSupportedException("No clock rate in: " + s);
    }

    /// <summary>The memory map of the boot loader.</summary>
    public static MemoryMapBlock[] GetMemoryMap()
    {
        List<MemoryMapBlock> blocks = [];
        foreach (MemoryMapEntry entry in BootInfo.Information.MemoryMap)
            blocks.Add(new MemoryMapBlock(entry));
        return [.. blocks];
    }

    /// <summary>The largest piece of usable memory.</summary>
    /// <returns>Null when the loader told of none; else valid until the next call.</returns>
    public static RawMemoryMapBlock* GetLargestMemoryBlock()
    {
        MemoryMapEntry largest = default;
        foreach (MemoryMapEntry entry in BootInfo.Information.MemoryMap)
        {
            if (entry.Kind == MemoryKind.Available && entry.Range.Length > largest.Range.Length)
                largest = entry;
        }
        if (_largest == null)
            _largest = (RawMemoryMapBlock*)Heap.Alloc((nuint)sizeof(RawMemoryMapBlock));
        if (_largest == null || largest.Range.Length == 0)
            return null;
        _largest->Address = largest.Range.Start;
        _largest->Length = largest.Range.Length;
        _largest->Type = (uint)largest.Kind;
        return _largest;
    }

    internal static ulong TotalMemoryBytes()
    {
        ulong bytes = 0;
        foreach (MemoryMapEntry entry in BootInfo.Information.MemoryMap)
            bytes += entry.Kind == MemoryKind.Available ? entry.Range.Length : 0;
        return bytes;
    }
}
