using System;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;

namespace MemOS.Hello;

/// <summary>Says who it is and where its parts lie.</summary>
internal static class Program
{
    private static readonly (string Part, Address Address)[] _parts =
    [
        ("code", OwnLayout.Code),
        ("constants", OwnLayout.Constants),
        ("statics", OwnLayout.Data),
        ("stack", OwnLayout.Stack),
        ("heap", OwnLayout.Heap),
    ];

    private static int Main(string[] args)
    {
        Console.WriteLine($"Hello from process {Process.Id}, a C# program in ring 3.");
        Console.WriteLine($"Arguments: {(args.Length == 0 ? "none" : string.Join(", ", args))}");
        Verdict verdict = new("hello");
        Table table = new("part", "address", "lies in");
        foreach ((string part, Address address) in _parts)
        {
            Region? region = Process.FindRegion(Process.Id, address);
            if (region is null)
                verdict.Fail($"the kernel knows no region with the {part}");
            table.Add(part, address.ToString(), region?.Description ?? "nothing");
        }
        Console.Write(table);
        return verdict.Print();
    }
}
