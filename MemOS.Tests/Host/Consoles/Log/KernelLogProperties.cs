using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MemOS.Consoles;

namespace MemOS.Tests.Host.Consoles.Log;

public sealed class KernelLogProperties
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    [Fact]
    public void Any_lines_are_kept_as_a_list_of_whole_lines_would_keep_them() =>
        Gen.Select(
            Gen.Int[KernelLog.LeastBytes, 300], Gen.Char["aé€"].Array[0, 60].Array[0, 40],
            Gen.Int[0, 300])
            .Sample(
                (size, lines, room) =>
                {
                    FixedClock clock = new();
                    TextMirror mirror = new();
                    KernelLog log = new(size) { Clock = clock, Mirror = mirror };
                    List<string> model = [];
                    foreach (char[] line in lines)
                    {
                        clock.Nanoseconds += 1_000;
                        log.Write(LogLevel.Info, line);
                        model.Add(Cut($"[  0.{model.Count + 1:D6}] " + new string(line), size));
                    }

                    Assert.Equal(string.Concat(model), mirror.Text);
                    AssertNewest(model, size, CopyInParts(log, size));
                    int part = Math.Min(room, size);
                    AssertNewest(model, part, CopyInParts(log, part));
                },
                iter: 300, threads: 1);

    private static byte[] CopyInParts(KernelLog log, int room)
    {
        byte[] text = new byte[log.NewestThatFit(room)];
        int half = text.Length / 2;
        log.Copy(text.Length, text.AsSpan(0, half));
        log.Copy(text.Length - half, text.AsSpan(half));
        return text;
    }

    private static string Cut(string line, int size)
    {
        while (Encoding.UTF8.GetByteCount(line) >= size)
            line = line[..^1];
        return line + "\n";
    }

    private static void AssertNewest(List<string> model, int room, byte[] copied)
    {
        List<string> kept = [];
        foreach (string line in Enumerable.Reverse(model))
        {
            room -= Encoding.UTF8.GetByteCount(line);
            if (room < 0)
                break;
            kept.Insert(0, line);
        }
        Assert.Equal(string.Concat(kept), _strict.GetString(copied));
    }
}
