using System.Collections.Generic;
using System.Linq;
using System.Text;
using Mono.Cecil;
using Xunit;

namespace MemOS.Tests.Toolchain.Untrusted;

/// <summary>
/// No number that a program or a file supplies decides whether the kernel asserts or throws: it is
/// looked at first, by a factory that answers. All the kernel's code is gone through, from each
/// register, argument and field of a file to each assertion.
/// </summary>
public sealed class UntrustedValueTests
{
    private static readonly string[] _assemblies =
    [
        "MemOS.Kernel", "MemOS.Memory", "MemOS.Images", "MemOS.Instructions", "MemOS.Console",
        "MemOS.Abi",
    ];

    [Fact]
    public void No_number_from_ring_3_or_a_file_reaches_what_asserts_or_throws()
    {
        FlowGraph graph = Read();
        Dictionary<string, string?> reached = graph.Reach();
        StringBuilder wrong = new();
        HashSet<string> found = [];
        foreach (Use use in graph.Uses)
        {
            string? place = use.Places.FirstOrDefault(reached.ContainsKey);
            if (place is null || !found.Add(use.Name) || CheckedUses.Reasons.ContainsKey(use.Name))
                continue;
            wrong.AppendLine(use.Name);
            for (string? at = place; at is not null; at = reached[at])
                wrong.Append("    from ").AppendLine(at);
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
        Assert.DoesNotContain(CheckedUses.Reasons.Keys, name => !found.Contains(name));
    }

    private static FlowGraph Read()
    {
        using KernelAssemblies assemblies = new();
        List<MethodDefinition> methods = [.. _assemblies.Select(assemblies.Module)
            .SelectMany(static module => module.GetTypes())
            .SelectMany(static type => type.Methods).Where(static method => method.HasBody)];
        FlowGraph graph = new();
        CallTargets targets = new(methods);
        foreach (MethodDefinition method in methods)
        {
            // Those of checked types are gone through for each call.
            if (!UntrustedRules.IsChecked(method.DeclaringType))
                new MethodFlow(graph, method, targets, "", MethodFlow.NameOf(method)).Add();
        }
        return graph;
    }
}
