using MemOS.Memory;
using MemOS.Memory.Addresses;

namespace MemOS.Tests.Host.Memory.Paging;

public sealed class PageTableProperties
{
    // Around a 2 MB, a 1 GB and a 512 GB border, and far from all of them.
    private static readonly ulong[] Neighbourhoods =
        [0x200, 0x40000 - 600, 0x8000000 - 600, 0x7_1234_5600];

    private static readonly PageRights[] Rights =
        [PageRights.Read, PageRights.ReadWrite, PageRights.None];

    [Theory]
    [InlineData(AddressWidth.Bits48)]
    [InlineData(AddressWidth.Bits57)]
    public void Any_sequence_of_changes_agrees_with_a_dictionary_of_pages(AddressWidth width) =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 3], Gen.ULong[0, 1400], Gen.ULong[1, 700])
            .Array[0, 14]
            .Sample(
                steps =>
                {
                    var model = new PageTableModel(width);
                    foreach ((int kind, int area, ulong offset, ulong count) in steps)
                    {
                        Run(model, kind, Neighbourhoods[area] + offset, count);
                        model.Compare(Neighbourhoods[area], 2200);
                        model.Audit();
                    }

                    model.EndSpace();
                },
                iter: 40);

    private static void Run(PageTableModel model, int kind, ulong page, ulong count)
    {
        PageRights rights = Rights[count % 3];
        switch (kind)
        {
            case < 2:
                model.Map(page, PageSize.Small, rights);
                break;
            case < 5:
                model.Map(page, PageSize.Large, rights);
                break;
            case < 7:
                model.MapAgain(page & ~511ul, (int)count);
                break;
            case < 9:
                model.Unmap(page, kind == 7 ? count : count % 5 + 1);
                break;
            case 11:
                model.Replace((int)(page + count));
                break;
            default:
                model.Protect(page, kind < 11 ? count : count % 5 + 1, rights);
                break;
        }
    }
}
