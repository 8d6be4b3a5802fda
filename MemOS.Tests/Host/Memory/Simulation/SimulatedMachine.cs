using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;

namespace MemOS.Tests.Host.Memory.Simulation;

/// <summary>
/// Physical memory on arrays. Frames get their bytes when first touched, so that machines with
/// terabytes can be simulated; a frame that was never touched holds rubbish.
/// </summary>
public sealed class SimulatedMachine
{
    private const ulong Rubbish = 0xBADBADBADBADBAD0;
    private readonly Dictionary<ulong, ulong[]> _contents = [];
    private readonly Dictionary<ulong, FrameInfo[]> _infos = [];

    public SimulatedMachine(ulong frames) =>
        Groups = new GroupInfo[(frames + 511) / 512];

    public GroupInfo[] Groups { get; }

    public HashSet<Frame> Sealed { get; } = [];

    public SimulatedTranslationCache Cache { get; } = new();

    public int ZeroedFrames { get; set; }

    public Span<byte> Bytes(Frame frame) => MemoryMarshal.AsBytes(Words(frame).AsSpan());

    public void Forget(Frame frame) => _contents[frame.Number] = new ulong[512];

    public ulong[] Words(Frame frame)
    {
        if (!_contents.TryGetValue(frame.Number, out ulong[]? words))
        {
            words = new ulong[512];
            Array.Fill(words, Rubbish);
            _contents.Add(frame.Number, words);
        }

        return words;
    }

    public ref FrameInfo Info(Frame frame)
    {
        Assert.True(
            FrameGroup.Of(frame).Number < (ulong)Groups.Length, "a record is asked for within RAM");
        if (!_infos.TryGetValue(frame.Number >> 9, out FrameInfo[]? infos))
        {
            infos = new FrameInfo[512];
            _infos.Add(frame.Number >> 9, infos);
        }

        return ref infos[frame.Number & 511];
    }
}
