using System;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;

namespace MemOS.Tests.Host.Memory.Simulation;

/// <summary>
/// The seam over a <see cref="SimulatedMachine"/>; copies reach the same machine.
/// </summary>
public readonly struct SimulatedMemory : IPhysicalMemory
{
    private const long EntriesBetweenWalks = 7;

    public SimulatedMemory(SimulatedMachine machine) => Machine = machine;

    public SimulatedMachine Machine { get; }

    public ref ulong Entry(Frame table, int index)
    {
        Machine.EntriesAsked++;
        if (Machine.EntriesAsked % EntriesBetweenWalks == 0)
        {
            Machine.NextProcessor().SpeculateAgain();
        }

        return ref Machine.Words(table)[index];
    }

    public int NextEntry(Frame table, int from, int last)
    {
        int at = from;
        while (at <= last && Entry(table, at) == 0)
        {
            at++;
        }

        return at;
    }

    public ref FrameInfo Info(Frame frame) => ref Machine.Info(frame);

    public ref FrameMark Mark(Frame frame) => ref Machine.Mark(frame);

    public ref GroupInfo Group(FrameGroup group) => ref Machine.Groups[(int)group.Number];

    public void Zero(Frame frame, PageSize size)
    {
        Machine.ZeroedFrames++;
        for (ulong i = 0; i < size.SmallPages(); i++)
        {
            Machine.Zero(frame + i);
        }
    }

    public void Copy(Frame from, Frame to, PageSize size)
    {
        for (ulong i = 0; i < size.SmallPages(); i++)
        {
            Machine.Words(from + i).CopyTo(Machine.Words(to + i), 0);
        }
    }

    public void CopyOut(Frame frame, int offset, Span<byte> to) =>
        Machine.Bytes(frame).Slice(offset, to.Length).CopyTo(to);

    public void CopyIn(Frame frame, int offset, ReadOnlySpan<byte> from)
    {
        Assert.False(Machine.Sealed.Contains(frame), "the kernel may not write a sealed frame");
        from.CopyTo(Machine.Bytes(frame).Slice(offset, from.Length));
    }

    public bool TrySeal(Frame frame, PageSize size)
    {
        if (!Machine.MaySeal(frame))
        {
            return false;
        }

        for (ulong i = 0; i < size.SmallPages(); i++)
        {
            Assert.True(Machine.Sealed.Add(frame + i), "a frame is sealed once");
        }

        return true;
    }

    public void Unseal(Frame frame, PageSize size)
    {
        for (ulong i = 0; i < size.SmallPages(); i++)
        {
            Assert.True(Machine.Sealed.Remove(frame + i), "only a sealed frame is unsealed");
        }
    }

    public void FlushPage(Frame root, Page page)
    {
        Machine.Cache.FlushPage(root, page);
        foreach (SimulatedProcessor processor in Machine.Processors)
        {
            processor.FlushPage(root, page);
        }
    }

    public void FlushSpace(Frame root)
    {
        Machine.Cache.FlushSpace(root);
        foreach (SimulatedProcessor processor in Machine.Processors)
        {
            processor.FlushSpace(root);
        }
    }

    public void FlushAll()
    {
        Machine.Cache.FlushAll();
        foreach (SimulatedProcessor processor in Machine.Processors)
        {
            processor.FlushAll();
        }
    }
}
