using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using Cosmos.TestRunner.Protocol;

namespace Cosmos.TestRunner.Engine.Serial;

/// <summary>All that a machine has said so far. Safe to read while it grows.</summary>
public sealed partial class Transcript
{
    private readonly Lock _lock = new();
    private readonly FrameDecoder _decoder = new();
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _text = new();
    private readonly List<ResultFrame> _frames = [];
    private long _lastHeard = Stopwatch.GetTimestamp();

    /// <summary>The console text, without the frames.</summary>
    public string Text
    {
        get
        {
            lock (_lock) return _text.ToString();
        }
    }

    /// <summary>
    /// The console text without terminal control sequences (ECMA-48): what a person reads.
    /// </summary>
    public string PlainText => ControlSequence().Replace(Text, "");

    /// <summary>The result frames in the order in which they came.</summary>
    public IReadOnlyList<ResultFrame> Frames
    {
        get
        {
            lock (_lock) return _frames.ToArray();
        }
    }

    /// <summary>Frames that were damaged on their way.</summary>
    public int Damaged
    {
        get
        {
            lock (_lock) return _decoder.Damaged;
        }
    }

    /// <summary>How long the machine has said nothing.</summary>
    public TimeSpan Silence
    {
        get
        {
            lock (_lock) return Stopwatch.GetElapsedTime(_lastHeard);
        }
    }

    /// <summary>Takes what came over the line.</summary>
    public void Hear(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _lastHeard = Stopwatch.GetTimestamp();
            List<byte> text = [];
            _decoder.Feed(bytes, text, _frames);
            char[] characters = new char[text.Count + 1];
            int count = _utf8.GetChars(text.ToArray(), characters, flush: false);
            _text.Append(characters, 0, count);
        }
    }

    // CSI, parameters, intermediate bytes, final byte.
    [GeneratedRegex(@"\x1B\[[0-?]*[ -/]*[@-~]")]
    private static partial Regex ControlSequence();
}
