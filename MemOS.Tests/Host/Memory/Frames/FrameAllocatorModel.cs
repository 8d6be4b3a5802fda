using System.Collections.Generic;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Frames;

/// <summary>
/// Runs the allocator beside the plainest thing that could be right: a set of free frame numbers.
/// Each owner signs what it gets, so that data which crosses to another owner is seen.
/// </summary>
internal sealed class FrameAllocatorModel
{
    private readonly FrameAllocator<SimulatedMemory> _frames;
    private readonly SimulatedMemory _memory;
    private readonly HashSet<ulong> _free = [];
    private readonly List<(Frame Frame, PageSize Size)> _used = [];
    private ulong _reserved;

    public FrameAllocatorModel(params (ulong First, ulong Count)[] ram)
    {
        _frames = Machines.WithRam(out _memory, ram);
        foreach ((ulong first, ulong count) in ram)
        {
            for (ulong i = first; i < first + count; i++)
            {
                _free.Add(i);
            }
        }

        _free.Remove(0);
    }

    public bool Agrees => _frames.FreeFrames == (ulong)_free.Count;

    public void Small(uint owner, int times)
    {
        for (int i = 0; i < times; i++)
        {
            bool possible = (ulong)_free.Count > _reserved;
            FrameUse use = FrameUse.Data(FrameOwner.Space(owner));
            Assert.Equal(possible, _frames.TryAllocate(use, out Frame frame));
            if (possible)
            {
                Take(frame, PageSize.Small, owner);
            }
        }
    }

    public void Large(uint owner)
    {
        FrameUse use = FrameUse.Data(FrameOwner.Space(owner));
        bool possible = HasWholeGroup() && (ulong)_free.Count >= _reserved + 512;
        Assert.Equal(possible, _frames.TryAllocateLarge(use, out Frame frame));
        if (possible)
        {
            Take(frame, PageSize.Large, owner);
        }
    }

    public void Free(int which, int times)
    {
        for (int i = 0; i < times && _used.Count != 0; i++)
        {
            int index = (which + (i * 7)) % _used.Count;
            (Frame frame, PageSize size) = _used[index];
            _used[index] = _used[^1];
            _used.RemoveAt(_used.Count - 1);
            _frames.Discard(frame);
            for (ulong k = 0; k < size.SmallPages(); k++)
            {
                Assert.True(_free.Add(frame.Number + k));
            }
        }
    }

    public void Reserve(ulong frames)
    {
        bool possible = (ulong)_free.Count - _reserved >= frames;
        Assert.Equal(possible, _frames.TryReserve(frames));
        _reserved += possible ? frames : 0;
    }

    public void Unreserve()
    {
        _frames.Unreserve(_reserved);
        _reserved = 0;
    }

    private void Take(Frame frame, PageSize size, uint owner)
    {
        Assert.True(frame.IsAligned(size));
        for (ulong i = 0; i < size.SmallPages(); i++)
        {
            Assert.True(_free.Remove(frame.Number + i), "a frame is handed out twice");
            ref ulong signature = ref _memory.Entry(frame + i, 9);
            Assert.True(signature == 0 || signature == owner, "data crossed between owners");
            signature = owner;
        }

        _used.Add((frame, size));
    }

    private bool HasWholeGroup()
    {
        var counts = new Dictionary<ulong, int>();
        foreach (ulong number in _free)
        {
            int count = counts.GetValueOrDefault(number / 512) + 1;
            counts[number / 512] = count;
            if (count == 512)
            {
                return true;
            }
        }

        return false;
    }
}
