using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>Nothing lies where it lay at the last boot.</summary>
public sealed class LayoutTests(SharedMachine shared) : IClassFixture<SharedMachine>
{
    [Fact]
    public void Two_boots_have_no_address_in_common()
    {
        MemOsMachine first = shared.MemOs;
        using MemOsMachine second = MemOsMachine.Boot("another layout");
        Assert.NotEqual(
            MappedPages.ImageStart(MappedPages.Dump(first)),
            MappedPages.ImageStart(MappedPages.Dump(second)));

        HashSet<ulong> pages = [.. Pages(first)];
        Assert.True(pages.Count > 100, "there are that many pages");
        Assert.DoesNotContain(Pages(second), pages.Contains);

        HashSet<string> addresses = Addresses(first);
        Assert.Equal(5 * 4, addresses.Count);
        Assert.Empty(addresses.Intersect(Addresses(second)));
    }

    private static IEnumerable<ulong> Pages(MemOsMachine memOs) =>
        MappedPages.Dump(memOs).Entries.Select(e => e.Virtual.Value);

    private static HashSet<string> Addresses(MemOsMachine memOs) =>
        [.. Regex.Matches(memOs.Command("layout"), "[0-9a-f]{4}(_[0-9a-f]{4}){2,3}")
            .Select(match => match.Value)];
}
