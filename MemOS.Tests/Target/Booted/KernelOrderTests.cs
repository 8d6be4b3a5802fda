using System;
using System.Collections.Generic;
using System.Linq;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>The kernel's functions stand in another order at every boot of the same ISO.</summary>
public sealed class KernelOrderTests(SharedMachine shared) : IClassFixture<SharedMachine>
{
    [Fact]
    public void Two_boots_have_no_distance_between_functions_in_common()
    {
        using MemOsMachine second = MemOsMachine.Boot("another order");
        HashSet<int> distances = [.. Distances(KernelCode.PlacesOfMarks(shared.MemOs))];
        Assert.DoesNotContain(Distances(KernelCode.PlacesOfMarks(second)), distances.Contains);
    }

    [Fact]
    public void Two_boots_have_no_physical_page_of_the_image_in_the_same_place()
    {
        using MemOsMachine second = MemOsMachine.Boot("another place");
        Assert.NotEqual(ImageFrame(shared.MemOs), ImageFrame(second));
    }

    [Fact]
    public void The_same_seed_repeats_order_and_places_of_the_image_and_nothing_else()
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "memos seed");
        string image = IsoVariant.Make(folder.FullPath, "seed=17");
        using MemOsMachine first = MemOsMachine.Boot("seeded", new Machine(image));
        using MemOsMachine second = MemOsMachine.Boot("seeded again", new Machine(image));
        Assert.Equal(KernelCode.PlacesOfMarks(first), KernelCode.PlacesOfMarks(second));
        Assert.Equal(ImagePages(first), ImagePages(second));
        Assert.Contains("in the order of seed=", first.Command("log"), StringComparison.Ordinal);
        Assert.Empty(OtherPages(first).Intersect(OtherPages(second)));
    }

    [Fact]
    public void A_seed_of_clocks_alone_is_called_weak()
    {
        Machine plain = new(KernelImages.MemOS) { Cpu = CpuModel.Qemu64 };
        using MemOsMachine weak = MemOsMachine.Boot("weak seed", plain);
        Assert.Contains("the seed is weak", weak.Command("log"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "the seed is weak", shared.MemOs.Command("log"), StringComparison.Ordinal);
    }

    private static IEnumerable<int> Distances(IReadOnlyList<int> places)
    {
        Assert.All(places, place => Assert.True(place >= 0, "a mark is missing"));
        return places.SelectMany(
            (one, i) => places.Skip(i + 1).Select(other => Math.Abs(one - other)));
    }

    private static ulong ImageFrame(MemOsMachine memOs) => MappedPages.Dump(memOs).Entries
        .Where(MappedPages.IsImage).Min(e => e.Physical.Value);

    private static IEnumerable<(ulong Virtual, ulong Physical)> ImagePages(MemOsMachine memOs) =>
        MappedPages.Dump(memOs).Entries.Where(MappedPages.IsImage)
            .Select(e => (e.Virtual.Value, e.Physical.Value));

    private static IEnumerable<ulong> OtherPages(MemOsMachine memOs) =>
        MappedPages.Dump(memOs).Entries.Where(e => !MappedPages.IsImage(e))
            .Select(e => e.Virtual.Value);
}
