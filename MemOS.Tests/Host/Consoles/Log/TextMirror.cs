using System;
using System.Collections.Generic;
using System.Text;
using MemOS.Consoles;

namespace MemOS.Tests.Host.Consoles.Log;

/// <summary>A mirror that remembers.</summary>
internal sealed class TextMirror : ILogMirror
{
    private readonly List<byte> _bytes = [];

    internal string Text => Encoding.UTF8.GetString([.. _bytes]);

    public void Write(ReadOnlySpan<byte> utf8) => _bytes.AddRange(utf8);
}
