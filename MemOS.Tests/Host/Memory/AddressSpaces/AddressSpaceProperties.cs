using System;
using System.Linq;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class AddressSpaceProperties
{
    private static readonly PageRights[] Rights =
    [
        PageRights.ReadWrite, PageRights.ReadWrite, PageRights.ReadWrite, PageRights.Read,
        PageRights.ReadExecute, PageRights.ExecuteOnly,
    ];

    private static readonly Access[] Accesses =
        [Access.Write, Access.Write, Access.Read, Access.Execute];

    private static readonly Gen<(int Kind, int A, int B, int C)> Step =
        Gen.Select(Gen.Int[0, 25], Gen.Int[0, 9999], Gen.Int[0, 9999], Gen.Int[0, 9999]);

    [Fact]
    public void After_each_step_all_agrees_with_naive_spaces_and_no_rule_is_broken() =>
        Gen.Select(Gen.ULong[8, 1600], Gen.Int[0, 999], Step.Array[0, 120])
            .Sample((frames, seed, steps) => RunAll(frames, seed, steps, 1), iter: 70);

    [Fact]
    public void A_hundred_thousand_steps_agree_with_naive_spaces() =>
        Gen.Select(Gen.ULong[8, 2600], Gen.Int[0, 999], Step.Array[400])
            .Sample((frames, seed, steps) => RunAll(frames, seed, steps, 25), iter: 250);

    [Fact]
    public void Running_out_of_memory_at_any_frame_changes_nothing()
    {
        // The same steps with one frame more each time, until all of them succeed.
        var chance = new Random(7);
        (int, int, int, int)[] steps = [.. Enumerable.Range(0, 60).Select(
            _ => (chance.Next(26), chance.Next(10_000), chance.Next(10_000), chance.Next(10_000)))];
        for (ulong frames = 4; frames < 250; frames++)
        {
            RunAll(frames, 3, steps, 4);
        }
    }

    private static void RunAll(
        ulong frames, int seed, (int Kind, int A, int B, int C)[] steps, int stepsAnAudit)
    {
        var model = new AddressSpaceModel(frames, seed, (PagingFeatures)(seed % 2));
        for (int i = 0; i < steps.Length; i++)
        {
            Run(model, steps[i].Kind, steps[i].A, steps[i].B, steps[i].C);
            model.Compare();
            if (i % stepsAnAudit == 0)
            {
                model.Audit();
            }
        }

        model.EndAll();
    }

    private static void Run(AddressSpaceModel model, int kind, int a, int b, int c)
    {
        if (model.Spaces == 0)
        {
            model.Begin();
            return;
        }

        SpaceModel space = model.Space(a);
        switch (kind)
        {
            case 0:
                model.End(a);
                break;
            case 1:
                model.Begin();
                break;
            case < 5:
                model.Allocate(space, 1 + (ulong)(b % 8), Rights[c % 6], (ZeroFirst)(a % 2));
                break;
            case 5:
                model.Allocate(space, 400 + (ulong)(b % 1000), Rights[c % 4], (ZeroFirst)(a % 2));
                break;
            case 6:
                model.AllocateGuarded(space, 1 + (ulong)(b % 20));
                break;
            case 7:
                AddImage(model, space, b, c);
                break;
            case 8:
                model.MakeShared((FrameState)((int)FrameState.Writable + (b % 3)), c);
                break;
            case 9:
                model.DropShared(b);
                break;
            case < 13:
                FreeSome(model, space, kind, b, c);
                break;
            default:
                Touch(model, space, b, c);
                break;
        }
    }

    private static void AddImage(AddressSpaceModel model, SpaceModel space, int b, int c)
    {
        var chance = new Random(b);
        ulong pages = 1 + (ulong)(c % 60);
        PageRange image = model.PlaceImage(space, pages);
        ulong at = 0;
        while (at < pages)
        {
            ulong count = ulong.Min(1 + (ulong)chance.Next(12), pages - at);
            PageRange part = PageRange.Of(image.First + at, PageCount.Of(count));
            PageRights rights = Rights[chance.Next(6)];
            switch (chance.Next(5))
            {
                case 0:
                    break;
                case 1:
                    model.AllocateAt(space, part, rights, RegionKind.Data);
                    break;
                case 2:
                    model.MapShared(space, part, rights, chance.Next(100));
                    break;
                default:
                    model.AllocateAt(space, part, rights, RegionKind.Allocation);
                    break;
            }

            at += count;
        }
    }

    private static void FreeSome(
        AddressSpaceModel model, SpaceModel space, int kind, int b, int c)
    {
        if (space.Regions.Count == 0)
        {
            model.Free(space, (ulong)b << 12, (ulong)c);
            return;
        }

        RegionModel region = space.Regions[b % space.Regions.Count];
        ulong pages = region.End - region.First;
        ulong inside = region.First + ((ulong)c % pages);
        switch ((kind, b % 8))
        {
            case (10, _):
                model.Free(space, region.First << 12, pages);
                break;
            case (11, _):
                model.Free(space, inside << 12, 1 + ((ulong)b % (region.End - inside)));
                break;
            case (_, 0):
                model.Free(space, (inside << 12) + 8, 1);
                break;
            case (_, 1):
                model.Free(space, ulong.MaxValue << (12 + (c % 40)), 1);
                break;
            case (_, 2):
                model.Free(space, inside << 12, (1ul << (c % 64)) - 1);
                break;
            default:
                model.Free(space, inside << 12, 1 + ((ulong)b % 20));
                break;
        }
    }

    private static void Touch(AddressSpaceModel model, SpaceModel space, int b, int c)
    {
        ulong page = 16 + (ulong)b;
        if (space.Regions.Count != 0)
        {
            RegionModel region = space.Regions[b % space.Regions.Count];
            ulong pages = region.End - region.First;
            page = region.First - 1 + ((ulong)c % (pages + 2));
        }

        model.Touch(space, page, Accesses[(b + c) % 4], c / 3);
    }
}
