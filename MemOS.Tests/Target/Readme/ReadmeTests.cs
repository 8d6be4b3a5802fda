using System;
using System.Linq;
using System.Text.RegularExpressions;
using Cosmos.TestRunner.Engine.Machines;
using MemOS.Tests.Target.Booted;
using Xunit;

namespace MemOS.Tests.Target.Readme;

/// <summary>
/// README's words, taken literally: each sample a program of its own, made as it says, in a tree
/// that was built before.
/// </summary>
public sealed class ReadmeTests
{
    // What people write who do not know this house.
    private const string OrdinaryCode = """
        using System;

        namespace Ordinary
        {
            class Counter
            {
                static int count;
                string name = null;

                public int Next()
                {
                    string none = null;
                    count++;
                    return count + (none ?? name ?? "").Length;
                }
            }
        }
        """;

    [Fact]
    public void The_samples_build_and_do_what_they_say()
    {
        Assert.Equal(4, ReadmeText.Samples.Count);
        using TreeCopy tree = new();
        string[] programs = ["mine", "writer", "reader", "computed"];
        foreach ((string program, string sample) in programs.Zip(ReadmeText.Samples))
        {
            tree.Write(program, $"{program}.csproj", ReadmeText.Project);
            tree.Write(program, "Program.cs", sample);
        }
        tree.Write("mine", "Ordinary.cs", OrdinaryCode);
        (int status, string output) = tree.Make();
        Assert.True(status == 0, output);
        Assert.Contains("warning CS8600", output, StringComparison.Ordinal);

        AssertRuns(tree.Image);

        tree.Write("mine", "Ordinary.cs", "int number = \"text\";");
        (status, output) = tree.Make();
        Assert.NotEqual(0, status);
        Assert.Equal(1, Regex.Count(output, "error CS"));
    }

    private static void AssertRuns(string image)
    {
        using MemOsMachine memOs = MemOsMachine.Boot("readme", new Machine(image));
        // Of what was built before, only what is still there.
        Assert.DoesNotContain("hello", memOs.Command("programs"), StringComparison.Ordinal);

        string first = memOs.Command("mine");
        Assert.Matches(@"67108864 bytes at 0x[0-9a-f_]+\r\n", first);
        string[] places = Places(first);
        Assert.True(places.Length > 5, first);
        Assert.Empty(places.Intersect(Places(memOs.Command("mine"))));

        Assert.Matches(@"\n42\r\n", memOs.Command("writer"));
        Assert.Matches(@"\n7\r\n", memOs.Command("computed"));
    }

    private static string[] Places(string output) =>
        [.. Regex.Matches(output, @"^(0x[0-9a-f_]+) [r-][w-][x-] ", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value)];
}
