using System.Collections.Generic;

namespace MemOS.Devices.Pci;

/// <summary>Finds all functions: those of bus 0, and of each bus behind a bridge.</summary>
internal static class PciScan
{
    private const byte SlotsOnBus = 32;
    private const byte FunctionsInSlot = 8;

    /// <summary>All functions, a bridge before what is behind it.</summary>
    internal static List<PciFunction> All()
    {
        List<PciFunction> found = [];
        // A bridge that was set up wrongly may point back.
        bool[] isSeen = new bool[byte.MaxValue + 1];
        Queue<byte> buses = new();
        buses.Enqueue(0);
        // Each function of the first host bridge leads to a bus of its own number.
        PciFunction? host = PciFunction.TryFind(default);
        for (byte bus = 1; host is { HasSiblings: true } && bus < FunctionsInSlot; bus++)
        {
            if (PciFunction.TryFind(new PciAddress(0, 0, bus)) is not null)
                buses.Enqueue(bus);
        }
        while (buses.TryDequeue(out byte bus))
        {
            if (isSeen[bus])
                continue;
            isSeen[bus] = true;
            for (byte slot = 0; slot < SlotsOnBus; slot++)
                AddSlot(bus, slot, found, buses);
        }
        return found;
    }

    private static void AddSlot(
        byte bus, byte slot, List<PciFunction> found, Queue<byte> buses)
    {
        bool hasSiblings = true;
        for (byte number = 0; number < FunctionsInSlot && hasSiblings; number++)
        {
            PciFunction? function = PciFunction.TryFind(new PciAddress(bus, slot, number));
            if (number == 0)
                hasSiblings = function is { HasSiblings: true };
            if (function is null)
                continue;
            found.Add(function);
            if (function.IsBridge)
                buses.Enqueue(function.BusBehind);
        }
    }
}
