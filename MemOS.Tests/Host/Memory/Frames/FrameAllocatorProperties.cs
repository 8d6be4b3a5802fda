namespace MemOS.Tests.Host.Memory.Frames;

public sealed class FrameAllocatorProperties
{
    [Fact]
    public void Any_sequence_of_operations_agrees_with_a_set_of_free_frames() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 600], Gen.UInt[1, 3]).Array[0, 60]
            .Sample(
                steps =>
                {
                    var model = new FrameAllocatorModel((0, 200), (500, 1100), (1700, 400));
                    foreach ((int kind, int number, uint owner) in steps)
                    {
                        Run(model, kind, number, owner);
                        Assert.True(model.Agrees, "free frames are counted wrong");
                    }

                    model.Unreserve();
                    model.Free(0, int.MaxValue);
                    Assert.True(model.Agrees);
                    model.Large(1);
                },
                iter: 100);

    private static void Run(FrameAllocatorModel model, int kind, int number, uint owner)
    {
        switch (kind)
        {
            case < 3:
                model.Small(owner, number);
                break;
            case < 5:
                model.Large(owner);
                break;
            case < 8:
                model.Free(number, 1 + (number / 2));
                break;
            case < 9:
                model.Reserve((ulong)number);
                break;
            default:
                model.Unreserve();
                break;
        }
    }
}
