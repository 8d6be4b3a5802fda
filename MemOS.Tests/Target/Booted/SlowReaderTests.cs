using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>The other end of the serial line stops reading, and goes on.</summary>
public sealed class SlowReaderTests
{
    // More than the pipe to this test, the port and the kernel can keep for the line together.
    private const int Lines = 1000;
    private static readonly string _text = new('x', 200);

    [Fact]
    public async Task Not_a_byte_is_lost()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("slow reader");
        string script = string.Concat(Enumerable.Range(0, Lines).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"echo {i} {_text}\r")));
        int start = memOs.Console.Length;
        memOs.Session.HoldSerial();
        // It waits until the machine takes what is typed, and the machine for its reader.
        Task typing = Task.Run(() => memOs.Type(script));
        await Task.Delay(TimeSpan.FromSeconds(3));
        memOs.Session.ReleaseSerial();

        string last = $"\n{Lines - 1} {_text}\r\n";
        memOs.Await(last, start);
        int[] seen = [.. Regex.Matches(
            memOs.Console[start..], $"^([0-9]+) {_text}\r?$", RegexOptions.Multiline)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(Enumerable.Range(0, Lines), seen);
        await typing;
    }
}
