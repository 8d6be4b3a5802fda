namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class RegionTreeProperties
{
    [Fact]
    public void Any_sequence_of_changes_agrees_with_an_array_of_pages() =>
        Gen.Select(Gen.Int[0, 9], Gen.ULong[0, 89], Gen.ULong[1, 12]).Array[0, 70]
            .Sample(
                steps =>
                {
                    var model = new RegionTreeModel(steps.Length);
                    foreach ((int kind, ulong number, ulong count) in steps)
                    {
                        Run(model, kind, number, count);
                        model.Compare();
                    }
                },
                iter: 150);

    private static void Run(RegionTreeModel model, int kind, ulong number, ulong count)
    {
        switch (kind)
        {
            case < 6:
                model.Insert(16 + number, count);
                break;
            case < 8:
                model.Remove(number);
                break;
            case < 9:
                model.CutLower(number, count);
                break;
            default:
                model.CutUpper(number, count);
                break;
        }
    }
}
