using System;
using System.Collections.Generic;
using Cosmos.Core.Boot.Multiboot2;
using MemOS.Abi;
using MemOS.Devices.Pci;
using MemOS.Mapping;
using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;

namespace MemOS.Devices;

/// <summary>All devices: the screen, and what is on the PCI buses. Found once, at boot.</summary>
internal static class DeviceTable
{
    private const int KindShift = 56;
    private const int IdShift = 16;
    private const ulong FirstMegabyte = 1 << 20;

    private static List<Device>? _devices;
    private static List<PciFunction>? _functions;
    private static PhysicalRange _screen;

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Device> All => _devices!;

    /// <summary>Finds them.</summary>
    internal static void Start(KernelMemory memory)
    {
        _devices = [];
        AddScreen(memory);
        _functions = PciScan.All();
        // Whoever drives a device could have it read and write all RAM. Nobody needs that so far,
        // whatever the firmware has switched on for itself.
        foreach (PciFunction function in _functions)
            function.StopMastering();
        foreach (PciFunction function in _functions)
            Add(memory, function);
        Log.Info($"devices: {_devices.Count} found");
    }

    /// <summary>
    /// The first function on the PCI buses that can read and write RAM by itself; null if there is
    /// none, as it should be.
    /// </summary>
    internal static PciFunction? FindMaster()
    {
        foreach (PciFunction function in _functions!)
        {
            if (function.IsMastering && !function.IsChipset)
                return function;
        }
        return null;
    }

    /// <summary>Finds a device by its number.</summary>
    internal static Device? TryFind(ulong kdi)
    {
        foreach (Device device in _devices!)
        {
            if (device.Kdi == kdi)
                return device;
        }
        return null;
    }

    private static void AddScreen(KernelMemory memory)
    {
        if (!memory.BootInformation.TryGetFramebuffer(out FramebufferInfo screen)
            || screen.Kind != FramebufferKind.DirectColour)
            return;
        _screen = new PhysicalRange(screen.Address, (ulong)screen.Pitch * screen.Height);
        DeviceRecord record = new()
        {
            Kdi = (ulong)DeviceKind.Screen << KindShift,
            Kind = DeviceKind.Screen,
            Width = screen.Width,
            Height = screen.Height,
            Pitch = screen.Pitch,
            BitsPerPixel = screen.BitsPerPixel,
            RedPosition = screen.Red.Position,
            GreenPosition = screen.Green.Position,
            BluePosition = screen.Blue.Position,
        };
        // Its last page may be used in part; what follows is the card's too.
        ulong bytes = RamMap.Outer(_screen).Count * PageSizes.SmallBytes;
        PhysicalRange pages = new(screen.Address, bytes);
        _devices!.Add(new Device(record, [Window(memory, pages)]));
    }

    private static void Add(KernelMemory memory, PciFunction function)
    {
        DeviceRecord record = new()
        {
            Kdi = ((ulong)DeviceKind.PciFunction << KindShift) | function.Address.Value
                | ((((ulong)function.Vendor << IdShift) | function.Device) << IdShift),
            Kind = DeviceKind.PciFunction,
            Vendor = function.Vendor,
            Device = function.Device,
            Class = function.Class,
        };
        List<PhysicalRange> windows = function.Windows();
        _devices!.Add(new Device(
            record, [.. windows.ConvertAll(window => Window(memory, window))]));
    }

    // What is smaller than a page shares it with who knows what.
    private static DeviceMemory Window(KernelMemory memory, PhysicalRange range)
    {
        bool isWhole = range.Length != 0
            && (range.Start | range.Length) % PageSizes.SmallBytes == 0;
        if (!isWhole || !IsNoMemory(memory, range)
            || !PhysicalAddress.TryCreate(range.Start, out _)
            || !PhysicalAddress.TryCreate(range.End, out _))
            return default;
        CacheKind cache = range.Overlaps(_screen)
            ? CacheKind.WriteCombining
            : CacheKind.Uncached;
        return new DeviceMemory(RamMap.Outer(range), cache);
    }

    // Also what of RAM the firmware and the boot loader keep, which the frame allocator does not
    // know.
    private static bool IsNoMemory(KernelMemory memory, PhysicalRange range)
    {
        if (range.Start < FirstMegabyte)
            return false;
        foreach (MemoryMapEntry entry in memory.BootInformation.MemoryMap)
        {
            if (entry.Kind != MemoryKind.Reserved && entry.Range.Overlaps(range))
                return false;
        }
        return true;
    }
}
