using System;
using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Faults;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.WriteXorExecute;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <content>Touching memory, and frames that several spaces see.</content>
internal sealed partial class AddressSpaceModel
{
    /// <summary>
    /// An access, by the program's fault or by the kernel's reach. What was allocated and may be
    /// accessed so is there, whatever else was done with the machine's memory.
    /// </summary>
    public void Touch(SpaceModel space, ulong page, Access access, int slot)
    {
        VirtualAddress address =
            VirtualAddress.Create((page << 12) + (ulong)PageContent.OffsetOf(slot));
        RegionModel? region = space.At(page);
        bool isAllowed = region is not null && Lets(region.Rights, access);
        bool isFresh = isAllowed && !space.IsResident(page);
        bool mayBeLarge = isFresh && space.MayBeLarge(region!, page);
        int wholeGroups = mayBeLarge ? _machine.WholeGroups() : 0;
        FaultOutcome expected = isAllowed ? FaultOutcome.Resumed : FaultOutcome.Denied;
        Frame? seen = null;
        if (slot % 2 == 0)
        {
            Assert.Equal(expected, space.Real.Touch(address, access, out Frame touched));
            seen = touched;
        }

        Assert.Equal(expected, space.Real.Reach(address, access, out Frame frame));
        if (!isAllowed)
        {
            return;
        }

        Assert.Equal(seen ?? frame, frame);

        if (isFresh)
        {
            PageSize size = Given(space, page);
            Assert.True(size == PageSize.Small || (mayBeLarge && wholeGroups != 0));
            Assert.True(size == PageSize.Large || !mayBeLarge || wholeGroups < 2);
            space.Give(region!, page, size);
        }

        PageContent content = ContentOf(space, region!, page, frame);
        content.Check(_machine.Memory, frame);
        if (access == Access.Write)
        {
            ulong stamp = ((ulong)space.Owner << 32) | (++_stamp & uint.MaxValue);
            content.Write(_machine.Memory, frame, slot, stamp);
        }
    }

    /// <summary>
    /// A frame with something in it, held by the kernel, as the loader makes them.
    /// </summary>
    public void MakeShared(FrameState state, int slot)
    {
        FrameUse use = FrameUse.ZeroedData(FrameOwner.Kernel);
        bool isPossible = _machine.Available != 0;
        Assert.Equal(isPossible, _machine.Frames.TryAllocate(use, out Frame frame));
        if (!isPossible)
        {
            return;
        }

        PageContent content = PageContent.Discover(_machine.Memory, frame, null);
        content.Write(_machine.Memory, frame, slot, ++_stamp);
        Assert.True(_machine.Frames.TryHold(frame));
        bool maySeal = _machine.IsSplit(frame) || _machine.Available != 0;
        HandOver expected = maySeal ? HandOver.Done : HandOver.OutOfMemory;
        FrameState final = maySeal ? state : FrameState.Writable;
        if (state == FrameState.Executable)
        {
            Assert.Equal(expected, FrameRule.TryMakeExecutable(_machine.Frames, frame));
        }
        else if (state == FrameState.ReadOnly)
        {
            Assert.Equal(expected, FrameRule.TryMakeReadOnly(_machine.Frames, frame));
        }

        _shared.Add(new SharedFrame(frame, final, content));
    }

    /// <summary>The kernel gives a frame up; mappings keep it.</summary>
    public void DropShared(int which)
    {
        SharedFrame[] held = [.. _shared.Where(f => f.IsHeld)];
        if (held.Length != 0)
        {
            Drop(held[which % held.Length]);
        }
    }

    /// <summary>Maps frames side by side, also with rights that the frame rule refuses.</summary>
    public void MapShared(SpaceModel space, PageRange range, PageRights rights, int which)
    {
        SharedFrame[] held = [.. _shared.Where(f => f.IsHeld)];
        if (held.Length == 0)
        {
            return;
        }

        SharedFrame[] frames =
            [.. Enumerable.Range(which, (int)range.Count.Value).Select(i => held[i % held.Length])];
        RegionModel region = new(
            range.First.Number, range.EndNumber, rights, RegionKind.Code, Backing.Shared);
        VmStatus expected = space.FramesFor(region) > _machine.Available
            ? VmStatus.OutOfMemory
            : frames.All(f => f.Allows(rights)) ? VmStatus.Done : VmStatus.Refused;
        VmStatus status = space.Real.MapShared(
            range, frames.Select(f => f.Frame).ToArray(), rights, RegionKind.Code);
        Assert.Equal(expected, status);
        if (expected == VmStatus.Done)
        {
            space.Add(region);
            for (int i = 0; i < frames.Length; i++)
            {
                space.AddShared(range.First.Number + (ulong)i, frames[i]);
            }
        }
    }

    private bool Lets(PageRights rights, Access access)
    {
        bool hasKeys = (_machine.Features & PagingFeatures.ProtectionKeys) != 0;
        return access switch
        {
            Access.Write => rights.CanWrite,
            Access.Execute => rights.CanExecute,
            _ => rights.Allows(Access.Read) || (rights.CanExecute && !hasKeys),
        } && rights != PageRights.None;
    }

    private static PageSize Given(SpaceModel space, ulong page)
    {
        Page given = VirtualAddress.Create(page << 12).Page;
        Assert.True(space.Real.Table.TryTranslate(given, out Translation found));
        return found.Size;
    }

    private PageContent ContentOf(
        SpaceModel space, RegionModel region, ulong page, Frame frame)
    {
        if (space.Shared.TryGetValue(page, out SharedFrame? shared))
        {
            Assert.Equal(shared.Frame, frame);
            return shared.Content;
        }

        if (!space.Contents.TryGetValue(page, out PageContent? content))
        {
            HashSet<uint>? writers = region.Backing == Backing.Demand ? [space.Owner] : null;
            content = PageContent.Discover(_machine.Memory, frame, writers);
            space.Contents.Add(page, content);
        }

        return content;
    }

    private void Drop(SharedFrame frame)
    {
        frame.IsHeld = false;
        _machine.Frames.Drop(frame.Frame);
        ForgetUnused(frame);
    }

    private void Unmap(SharedFrame frame)
    {
        frame.Maps--;
        ForgetUnused(frame);
    }

    private void ForgetUnused(SharedFrame frame)
    {
        if (!frame.IsHeld && frame.Maps == 0)
        {
            _shared.Remove(frame);
        }
    }
}
