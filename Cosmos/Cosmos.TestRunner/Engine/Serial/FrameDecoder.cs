using System;
using System.Collections.Generic;
using Cosmos.TestRunner.Protocol;

namespace Cosmos.TestRunner.Engine.Serial;

/// <summary>Parts the bytes of a serial line into console text and result frames.</summary>
/// <remarks>
/// What begins like a frame and turns out to be none is text from its first byte on, so nothing
/// that the kernel said is lost. What has the shape of a frame and a wrong check value is
/// counted as <see cref="Damaged"/>: a result was lost, and the run must not pass.
/// </remarks>
public sealed class FrameDecoder
{
    private readonly List<byte> _pending = [];

    /// <summary>Frames that arrived with a wrong check value or end.</summary>
    public int Damaged { get; private set; }

    /// <summary>Takes the next bytes and hands on what they complete.</summary>
    /// <param name="bytes">What the line delivered.</param>
    /// <param name="text">Gets the bytes which are console text.</param>
    /// <param name="frames">Gets the frames.</param>
    public void Feed(ReadOnlySpan<byte> bytes, List<byte> text, List<ResultFrame> frames)
    {
        foreach (byte value in bytes)
        {
            if (_pending.Count == 0 && value != FrameFormat.Start)
            {
                text.Add(value);
                continue;
            }

            _pending.Add(value);
            Settle(text, frames);
        }
    }

    private void Settle(List<byte> text, List<ResultFrame> frames)
    {
        while (_pending.Count >= FrameFormat.HeaderLength)
        {
            byte[] bytes = [.. _pending];
            if (!FrameFormat.TryReadHeader(bytes, out int payload))
            {
                GiveUpFrame(text);
                continue;
            }

            int length = FrameFormat.HeaderLength + payload + FrameFormat.TrailerLength;
            if (bytes.Length < length) return;

            if (FrameFormat.TryDecode(bytes, out ResultFrame frame))
            {
                frames.Add(frame);
                _pending.Clear();
                return;
            }

            Damaged++;
            GiveUpFrame(text);
        }
    }

    // Everything up to the next byte that may begin a frame was text after all.
    private void GiveUpFrame(List<byte> text)
    {
        int next = _pending.IndexOf(FrameFormat.Start, 1);
        int count = next < 0 ? _pending.Count : next;
        text.AddRange(_pending.GetRange(0, count));
        _pending.RemoveRange(0, count);
    }
}
