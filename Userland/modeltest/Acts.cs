using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
using MemOS.Modeltest.Model;

namespace MemOS.Modeltest;

/// <summary>Makes of the numbers of a step what the world is asked to do.</summary>
internal static class Acts
{
    private const ulong Page = World.Page;
    private const int MostRegions = 16;
    private const int MostSegments = 16;
    private const long MostToCopy = 3000;

    private static readonly MemoryRights[] _rights =
    [
        MemoryRights.ReadWrite, MemoryRights.ReadWrite, MemoryRights.ReadWrite,
        MemoryRights.Write, MemoryRights.Read, MemoryRights.Execute,
    ];

    private static readonly SignalCode[] _codes =
    [
        SignalCode.RecvSharedAms, SignalCode.UnsharedAms, SignalCode.ReadBackedAms,
        SignalCode.UnsharedAms, SignalCode.RecvSharedAms, SignalCode.WriteBackedAms,
    ];

    internal static void Run(World world, Step step)
    {
        ModelProcess process = Choose(world, step);
        Feed(process, step.Act);
        LetGo(world, process, step.Act);
        switch (step.Act)
        {
            case Act.Allocate or Act.AllocateLarge when process.Regions.Count < MostRegions:
                Allocate(process, step);
                break;
            case Act.Free:
                Pages(process, step, out ulong start, out ulong pages);
                World.Free(process, start, pages);
                break;
            case Act.Capture when world.Segments.Count < MostSegments:
                Pages(process, step, out start, out pages);
                world.Capture(
                    process, start, (pages * Page) + (step.C % 37 == 0 ? 1u : 0));
                break;
            case Act.Device when world.Segments.Count < MostSegments:
                MakingActs.CaptureDevice(world, process, step);
                break;
            case Act.Back when world.Segments.Count < MostSegments:
                MakingActs.Back(world, process, step);
                break;
            case Act.Wait:
                WordActs.Wait(world, process, step);
                break;
            case Act.Wake:
                WordActs.Wake(world, process, step);
                break;
            case Act.Starve:
                world.PrepareForHunger();
                ulong left = step.B % 4 == 0 ? (ulong)step.B / 4 % 24 : 0;
                Hunger.Begin(left, 8 + (step.C % 24));
                break;
            case Act.Touch or Act.Probe or Act.Fill or Act.Run:
                Touch(world, process, step);
                break;
            case Act.Listen or Act.Ignore or Act.Ask or Act.Foreign:
                RunOnSignals(world, process, step);
                break;
            case Act.Regions:
                World.CompareRegions(process);
                break;
            case Act.Copy:
                Copy(world, process, step);
                break;
            case Act.End:
                End(world, process, step);
                // Its signals are gone with it.
                return;
            default:
                SegmentActs.Run(world, process, step);
                break;
        }
        World.CompareSignals(process);
    }

    // What needs memory in ways that are not to be tried.
    private static void Feed(ModelProcess process, Act act)
    {
        Hunger.Spend();
        if (act is Act.End or Act.Listen or Act.Starve || (act == Act.Back && !process.CanServe))
            Hunger.End();
    }

    // Nobody waits for a word of memory that it loses.
    private static void LetGo(World world, ModelProcess process, Act act)
    {
        if (act is Act.Free or Act.HandOver or Act.MapCode or Act.Unmap or Act.UnmapAll)
            world.WakeAll(process);
        else if (act == Act.Unshare)
            world.WakeAll(null);
    }

    // Mostly one that has something to do it with.
    private static ModelProcess Choose(World world, Step step)
    {
        List<ModelProcess> able = [.. world.Processes.Where(p => step.Act switch
        {
            Act.Allocate or Act.AllocateLarge or Act.Device or Act.Back or Act.Listen
                or Act.Ask or Act.End => true,
            Act.Copy => p.Regions.Count != 0,
            Act.Capture or Act.Free => p.Regions.Exists(r => r.Segment is null),
            Act.Touch or Act.Probe or Act.Fill or Act.Run or Act.Wait or Act.Wake =>
                p.Regions.Count != 0,
            _ => p.Claims.Count != 0,
        })];
        return able.Count != 0 && step.A % 11 != 0
            ? able[step.A % able.Count]
            : world.Processes[step.A % world.Processes.Count];
    }

    private static void Allocate(ModelProcess process, Step step)
    {
        MemoryRights rights = _rights[step.C % _rights.Length];
        ZeroFirst zeroFirst = (ZeroFirst)(step.B / 8 % 2);
        ulong pages = step.Act == Act.AllocateLarge
            ? 500 + (ulong)(step.B % 900)
            : 1 + (ulong)(step.B % 8);
        // Now and then what no one gets.
        switch (step.B % 97)
        {
            case 1:
                pages = 0;
                break;
            case 2:
                rights = (MemoryRights)(step.C % 32);
                break;
            case 3:
                zeroFirst = (ZeroFirst)2;
                break;
            case 4:
                pages = 1ul << 46;
                break;
            default:
                break;
        }
        World.Allocate(process, pages, rights, zeroFirst);
    }

    private static void RunOnSignals(World world, ModelProcess process, Step step)
    {
        SignalCode code = _codes[step.B % _codes.Length];
        switch (step.Act)
        {
            case Act.Listen:
                World.Listen(process, code);
                break;
            case Act.Ignore:
                World.Ignore(process, code);
                break;
            case Act.Ask when step.C % 40 == 0:
                World.MakeReady(process);
                break;
            case Act.Ask:
                World.Ask(process, code);
                break;
            default:
                World.Meddle(process, world.Processes[step.B % world.Processes.Count],
                    step.C % 2 == 0
                        ? SyscallCode.KillChildProcess
                        : SyscallCode.WaitChildProcess);
                break;
        }
    }

    private static void Touch(World world, ModelProcess process, Step step)
    {
        if (process.Regions.Count == 0)
            return;
        ModelRegion region = process.Regions[step.B % process.Regions.Count];
        ulong page = step.C % 8 == 0
            ? region.First - 1 + ((ulong)step.C % (region.Pages + 2))
            : region.First + ((ulong)step.C % region.Pages);
        int word = step.B / 16 % 2;
        bool mayRead = process.Judge(page, MemoryRights.Read) == ErrorCode.None;
        // Who writes looks at what is there then.
        bool mayWrite = mayRead && process.Judge(page, MemoryRights.Write) == ErrorCode.None;
        bool isCode = process.Judge(page, MemoryRights.Execute) == ErrorCode.None
            && region.Contains(page) && region.Foresee(page) is { IsCode: true };
        bool isHungry = Hunger.IsOn
            && process.At(page)?.BackingOf(page) is { IsOfAccesses: false };
        if (isHungry)
            World.Probe(process, page, word, (uint)(step.B / 32 % 2));
        else if (step.Act == Act.Run && isCode)
            World.Run(process, page);
        else if (step.Act == Act.Touch && mayWrite && step.B / 32 % 3 != 0)
            world.Write(process, page, word);
        else if (step.Act is Act.Touch or Act.Run && mayRead)
            World.Read(process, page);
        else if (step.Act == Act.Fill)
            world.Fill(process, page, word);
        else
            World.Probe(process, page, word, (uint)(step.B / 32 % 2));
    }

    // Not of those that have so much that there might be too little memory for a copy.
    private static void Copy(World world, ModelProcess process, Step step)
    {
        ModelProcess other = world.Processes[step.B % world.Processes.Count];
        if (other != process && process.Regions.Sum(r => (long)r.Pages) < MostToCopy)
            world.Copy(process, other);
    }

    private static void End(World world, ModelProcess process, Step step)
    {
        EndKind kind = (EndKind)(step.B % 5);
        MemoryRights access = kind switch
        {
            EndKind.WriteFault => MemoryRights.Write,
            EndKind.ExecuteFault => MemoryRights.Execute,
            _ => MemoryRights.Read,
        };
        // In or beside what it has, if that is forbidden; else where nobody has anything.
        ulong address = Page;
        if (process.Regions.Count != 0)
        {
            ModelRegion region = process.Regions[step.B / 5 % process.Regions.Count];
            ulong page = region.First - 1 + ((ulong)step.C % (region.Pages + 2));
            if (process.Judge(page, access) != ErrorCode.None)
                address = page * Page;
        }
        world.End(process, kind, address);
    }

    // Pages of a region or next to one, all or some; now and then what nobody can have.
    private static void Pages(
        ModelProcess process, Step step, out ulong start, out ulong pages)
    {
        start = (ulong)step.B * Page;
        pages = (ulong)step.C % 9;
        if (process.Regions.Count == 0 || step.B % 41 == 0)
            return;
        List<ModelRegion> own = [.. process.Regions.Where(
            r => r.Segment is null || step.B % 8 == 0)];
        if (own.Count == 0)
            own = process.Regions;
        ModelRegion region = own[step.B % own.Count];
        ulong page = region.First;
        pages = region.Pages;
        if (step.C % 3 == 0)
        {
            page += (ulong)step.C % region.Pages;
            pages = 1 + ((ulong)step.B % (region.End - page + (step.C % 2 == 0 ? 0u : 1u)));
        }
        start = (page * Page) + (step.C % 43 == 0 ? 8u : 0);
        if (step.C % 47 == 0)
            start |= 1ul << 63;
        if (step.C % 53 == 0)
            pages = 1ul << 47;
    }
}
