using System;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;
using PageFault = MemOS.Memory.Faults.PageFault;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>What the tests of single rules do with an address space.</summary>
internal static class SpaceFixture
{
    // More than the pieces that any test's longest fault is resolved in.
    private const int MostFaults = 10_000;

    public static PageRange Allocate(
        this AddressSpace<SimulatedMemory> space, ulong pages,
        PageRights? rights = null, ZeroFirst zeroFirst = ZeroFirst.Yes)
    {
        VmStatus status = space.TryAllocate(pages, out PageRange range, rights, zeroFirst);
        Assert.Equal(VmStatus.Done, status);
        Assert.Equal(pages, range.Count.Value);
        return range;
    }

    public static VmStatus TryAllocate(
        this AddressSpace<SimulatedMemory> space, ulong pages, out PageRange range,
        PageRights? rights = null, ZeroFirst zeroFirst = ZeroFirst.Yes) =>
        space.Allocate(
            PageCount.Of(pages), rights ?? PageRights.ReadWrite, zeroFirst,
            RegionKind.Allocation, out range);

    public static VmStatus Free(this AddressSpace<SimulatedMemory> space, PageRange range) =>
        space.Free(range.First.Start, range.Count.Value);

    /// <summary>Gives pages back in pieces that are as small as they get.</summary>
    public static VmStatus FreeInPieces(
        this AddressSpace<SimulatedMemory> space, VirtualAddress start, ulong pages,
        Action? between = null)
    {
        while (true)
        {
            WorkBudget budget = WorkBudget.Of(1);
            VmStatus status = space.Free(start, pages, ref budget, out PageRange rest);
            if (status != VmStatus.Unfinished)
            {
                return status;
            }

            if (!rest.IsEmpty)
            {
                start = rest.First.Start;
                pages = rest.Count.Value;
            }

            between?.Invoke();
        }
    }

    /// <summary>Ends a space in pieces that are as small as they get.</summary>
    /// <returns>How many those were.</returns>
    public static int ReleaseInPieces(
        this AddressSpace<SimulatedMemory> space, Action? between = null)
    {
        for (int pieces = 1; ; pieces++)
        {
            WorkBudget budget = WorkBudget.Of(1);
            if (space.TryRelease(ref budget))
            {
                return pieces;
            }

            between?.Invoke();
        }
    }

    public static FaultOutcome Touch(
        this AddressSpace<SimulatedMemory> space, Page page, Access access = Access.Write) =>
        space.Touch(page.Start + 8, access, out _);

    /// <summary>The kernel's part of a touch alone.</summary>
    public static FaultOutcome Fault(
        this AddressSpace<SimulatedMemory> space, Page page, Access access = Access.Write) =>
        space.Resolve(new PageFault(page.Start + 8, access));

    /// <summary>
    /// Has a program make an access, as a processor does it: page faults are resolved until it
    /// comes through, or one cannot be.
    /// </summary>
    public static FaultOutcome Touch(
        this AddressSpace<SimulatedMemory> space, VirtualAddress address, Access access,
        out Frame frame)
    {
        SimulatedMachine machine = space.Table.Memory.Machine;
        SimulatedProcessor processor = machine.NextProcessor();
        FaultOutcome outcome = space.Touch(processor, address, access, out frame);
        foreach (SimulatedProcessor one in machine.Processors)
        {
            one.Speculate(space.Table, address.Page);
        }

        return outcome;
    }

    private static FaultOutcome Touch(
        this AddressSpace<SimulatedMemory> space, SimulatedProcessor processor,
        VirtualAddress address, Access access, out Frame frame)
    {
        for (int faults = 0; faults < MostFaults; faults++)
        {
            if (processor.TryAccess(space.Table, address, access, out frame))
            {
                return FaultOutcome.Resumed;
            }

            FaultOutcome outcome = space.Resolve(new PageFault(address, access));
            if (outcome is not (FaultOutcome.Resumed or FaultOutcome.Unfinished))
            {
                return outcome;
            }
        }

        throw new Xunit.Sdk.XunitException($"{address} faults again and again");
    }

    public static void TouchAll(this AddressSpace<SimulatedMemory> space, PageRange range)
    {
        for (ulong i = 0; i < range.Count.Value; i++)
        {
            Assert.Equal(FaultOutcome.Resumed, space.Touch(range.First + i));
        }
    }

    public static void Write(
        this AddressSpace<SimulatedMemory> space, SpaceMachine machine, Page page, ulong value)
    {
        Assert.Equal(
            FaultOutcome.Resumed, space.Touch(page.Start, Access.Write, out Frame touched));
        Assert.Equal(
            FaultOutcome.Resumed, space.Reach(page.Start, Access.Write, out Frame frame));
        Assert.Equal(touched, frame);
        machine.Memory.CopyIn(frame, 0, BitConverter.GetBytes(value));
    }

    /// <summary>Writes its number, counted from 1, into each page of a range.</summary>
    public static void Number(
        this AddressSpace<SimulatedMemory> space, SpaceMachine machine, PageRange range)
    {
        for (ulong i = 0; i < range.Count.Value; i++)
        {
            space.Write(machine, range.First + i, i + 1);
        }
    }

    public static ulong Read(
        this AddressSpace<SimulatedMemory> space, SpaceMachine machine, Page page,
        Access access = Access.Read)
    {
        Assert.Equal(
            FaultOutcome.Resumed, space.Touch(page.Start, access, out Frame touched));
        Assert.Equal(FaultOutcome.Resumed, space.Reach(page.Start, access, out Frame frame));
        Assert.Equal(touched, frame);
        Span<byte> bytes = stackalloc byte[8];
        machine.Memory.CopyOut(frame, 0, bytes);
        return BitConverter.ToUInt64(bytes);
    }

    public static PageSize SizeAt(this AddressSpace<SimulatedMemory> space, Page page)
    {
        Assert.True(space.Table.TryTranslate(page, out Translation found));
        return found.Size;
    }
}
