using MemOS.Userland;

namespace MemOS.Bench;

/// <summary>What the number of regions does to a fault and to an allocation.</summary>
internal static class RegionRows
{
    private const int Few = 100;
    private const int Many = 100_000;
    private const int MostFaults = 1_000;

    internal static readonly Row[] All =
    [
        new("random fault, 100 regions", 4_406, 1_100, counter => Fault(counter, Few)),
        new("random fault, 100,000 regions", 5_590, 1_300, counter => Fault(counter, Many)),
        new("allocate, free with 100,000 regions", 22_632, 2_500, AllocateAmongMany),
    ];

    private static ulong Fault(Counter counter, int regions)
    {
        using RegionSet set = new(regions);
        int faults = int.Min(regions, MostFaults);
        int step = regions / faults;
        // Page tables come with the first page, as they are there in a densely filled space.
        set.Touch(page: 0, step);
        ulong first = counter.MeasureOnce(() => set.Touch(page: 1, step));
        ulong again = counter.MeasureOnce(() => set.Touch(page: 1, step));
        return (first - again) / (ulong)faults;
    }

    private static ulong AllocateAmongMany(Counter counter)
    {
        using RegionSet set = new(Many);
        return counter.Measure(
            1_000, static () => MemoryRows.AllocateAndFree(Memory.PageBytes));
    }
}
