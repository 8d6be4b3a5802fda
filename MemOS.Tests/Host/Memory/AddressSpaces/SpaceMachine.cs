using System;
using System.Collections.Generic;
using System.Linq;
using MemOS.Memory;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Aslr;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>A machine with a kernel half and any number of address spaces.</summary>
internal sealed class SpaceMachine
{
    private readonly HashSet<FrameGroup> _splitGroups = [];
    private uint _owners;

    public SpaceMachine(
        ulong frames, int seed = 1, PagingFeatures features = PagingFeatures.None,
        AddressWidth width = AddressWidth.Bits48)
    {
        Features = features;
        Frames = Machines.WithFrames(frames, out SimulatedMemory memory);
        Memory = memory;
        Memory.Machine.MaySeal = TrySplit;
        Random = new RandomSource(BitConverter.GetBytes(seed));
        Assert.True(PageTable<SimulatedMemory>.TryCreateKernel(
            Frames, width, features, out PageTable<SimulatedMemory>? kernel));
        Kernel = kernel!;
        PageRange window = PageRange.Of(width.FirstKernelPage(), PageCount.Of(1 << 20));
        Assert.True(Kernel.TryPrepare(window));
        FreeBefore = Frames.FreeFrames;
    }

    public PagingFeatures Features { get; }

    public SimulatedMemory Memory { get; }

    public FrameAllocator<SimulatedMemory> Frames { get; }

    public PageTable<SimulatedMemory> Kernel { get; }

    public RandomSource Random { get; }

    public ulong FreeBefore { get; }

    /// <summary>What all spaces and segments are charged to.</summary>
    public Account Account { get; } = new(null, ResourceAmounts.Unlimited);

    /// <summary>Frames that no one has a claim to.</summary>
    public ulong Available => Frames.FreeFrames - Frames.ReservedFrames;

    /// <summary>
    /// Tables of the kernel's map of RAM, one for each 2 MB with a sealed frame: as in the kernel,
    /// they stay.
    /// </summary>
    public ulong SealTables => (ulong)_splitGroups.Count;

    public VmStatus TryCreate(out AddressSpace<SimulatedMemory>? space, out uint owner)
    {
        owner = ++_owners;
        return AddressSpace<SimulatedMemory>.TryCreate(
            Kernel, Frames, Random, FrameOwner.Space(owner), new Purse(Account), out space);
    }

    public VmStatus TryFork(
        AddressSpace<SimulatedMemory> space, out AddressSpace<SimulatedMemory>? copy,
        out uint owner)
    {
        VmStatus status = TryBeginCopy(space, out copy, out owner);
        if (status != VmStatus.Done)
        {
            return status;
        }

        WorkBudget budget;
        do
        {
            // A region.
            budget = WorkBudget.Of(1);
        }
        while (copy!.TryGoOnCopying(null, ref budget) == VmStatus.Unfinished);
        return VmStatus.Done;
    }

    public VmStatus TryBeginCopy(
        AddressSpace<SimulatedMemory> space, out AddressSpace<SimulatedMemory>? copy,
        out uint owner)
    {
        owner = ++_owners;
        WorkBudget budget = WorkBudget.Unlimited;
        Assert.True(space.TryEndTakeOver(ref budget));
        return space.TryBeginCopy(FrameOwner.Space(owner), new Purse(Account), out copy);
    }

    public AddressSpace<SimulatedMemory> Create()
    {
        Assert.Equal(VmStatus.Done, TryCreate(out AddressSpace<SimulatedMemory>? space, out _));
        return space!;
    }

    public bool IsSplit(Frame frame) => _splitGroups.Contains(FrameGroup.Of(frame));

    /// <summary>The kernel takes all frames that no one has a claim to.</summary>
    public List<Frame> TakeAll()
    {
        var taken = new List<Frame>();
        while (Frames.TryAllocate(FrameUse.Kernel, out Frame frame))
        {
            Assert.True(Frames.TryHold(frame));
            taken.Add(frame);
        }

        return taken;
    }

    /// <summary>The kernel takes a frame of each group that is whole.</summary>
    public void BreakGroups()
    {
        foreach (Frame frame in TakeAll().Where(f => f.Number % 512 != 0))
        {
            Frames.Drop(frame);
        }
    }

    /// <summary>Groups of 2 MB with nothing in use.</summary>
    public int WholeGroups()
    {
        int whole = 0;
        for (ulong i = 0; i < (ulong)Memory.Machine.Groups.Length; i++)
        {
            whole += IsWhole(FrameGroup.Of(Frame.Of(i * 512))) ? 1 : 0;
        }

        return whole;
    }

    /// <summary>Checks tables and frames alone, as spaces may be half ended.</summary>
    public void AuditTables(params IEnumerable<AddressSpace<SimulatedMemory>> spaces)
    {
        PageTable<SimulatedMemory>[] tables = [.. spaces.Select(s => s.Table)];
        foreach (SimulatedProcessor processor in Memory.Machine.Processors)
        {
            Array.ForEach(tables, processor.Check);
        }

        AuditFinding finding = Audits.Check(Frames, Kernel, tables);
        Assert.True(finding.IsSound, finding.ToString());
    }

    public void Audit(params IEnumerable<AddressSpace<SimulatedMemory>> spaces)
    {
        AuditTables(spaces);
        foreach (AddressSpace<SimulatedMemory> space in spaces)
        {
            Assert.Equal(SpaceRule.Sound, space.Audit());
        }
    }

    private bool IsWhole(FrameGroup group)
    {
        bool isWhole = Memory.Group(group).Capacity == 512;
        for (ulong i = 0; i < 512 && isWhole; i++)
        {
            isWhole = Memory.Info(group.First + i).State == FrameState.Free;
        }

        return isWhole;
    }

    private bool TrySplit(Frame frame)
    {
        if (IsSplit(frame))
        {
            return true;
        }

        bool isSplit = Frames.TryAllocate(FrameUse.Kernel, out Frame table);
        if (isSplit)
        {
            Assert.True(Frames.TryHold(table));
            _splitGroups.Add(FrameGroup.Of(frame));
        }

        return isSplit;
    }
}
