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
    public const ulong Rubbish = 0xBADBADBADBADBAD0;
    private readonly ulong[]?[]?[] _contents;
    private readonly FrameInfo[]?[] _infos;
    private readonly FrameMark[]?[] _marks;
    private int _turn;

    public SimulatedMachine(ulong frames)
    {
        Groups = new GroupInfo[(frames + 511) / 512];
        _contents = new ulong[Groups.Length][][];
        _infos = new FrameInfo[Groups.Length][];
        _marks = new FrameMark[Groups.Length][];

        Processors = [new SimulatedProcessor(this), new SimulatedProcessor(this)];

        // So that whoever takes "no frame" for a page table finds it empty, and goes wrong.
        Zero(Frame.Of(0));
    }

    public GroupInfo[] Groups { get; }

    public HashSet<Frame> Sealed { get; } = [];

    /// <summary>Whether the kernel's way of writing to a frame can be taken away now.</summary>
    public Func<Frame, bool> MaySeal { get; set; } = _ => true;

    public SimulatedTranslationCache Cache { get; } = new();

    /// <summary>They remember translations apart from each other.</summary>
    public SimulatedProcessor[] Processors { get; }

    public int ZeroedFrames { get; set; }

    /// <summary>How often an entry of a page table was asked for.</summary>
    public long EntriesAsked { get; set; }

    /// <summary>The processor that runs a program now: each in turn.</summary>
    public SimulatedProcessor NextProcessor() => Processors[_turn++ % Processors.Length];

    public Span<byte> Bytes(Frame frame) => MemoryMarshal.AsBytes(Words(frame).AsSpan());

    public void Zero(Frame frame) => Array.Clear(Contents(frame));

    public ulong[] Words(Frame frame) =>
        _contents[frame.Number >> 9]?[frame.Number & 511] ?? Contents(frame);

    public ref FrameInfo Info(Frame frame)
    {
        Assert.True(
            frame.Number >> 9 < (ulong)Groups.Length, "a record is asked for within RAM");
        FrameInfo[] infos = _infos[frame.Number >> 9] ??= new FrameInfo[512];
        return ref infos[frame.Number & 511];
    }

    public ref FrameMark Mark(Frame frame)
    {
        Assert.True(
            frame.Number >> 9 < (ulong)Groups.Length, "a mark is asked for within RAM");
        FrameMark[] marks = _marks[frame.Number >> 9] ??= new FrameMark[512];
        return ref marks[frame.Number & 511];
    }

    private ulong[] Contents(Frame frame)
    {
        ulong[]?[] group = _contents[frame.Number >> 9] ??= new ulong[512][];
        ref ulong[]? words = ref group[frame.Number & 511];
        if (words is null)
        {
            words = new ulong[512];
            Array.Fill(words, Rubbish);
        }

        return words;
    }
}
