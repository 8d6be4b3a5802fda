using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace MemOS.Tests.Toolchain.Untrusted;

/// <summary>
/// Which code of the kernel a call may run: the method itself, and for one that can be overridden,
/// all methods of its name and number of parameters.
/// </summary>
internal sealed class CallTargets
{
    private readonly Dictionary<string, List<MethodDefinition>> _overrides = [];
    private readonly HashSet<MethodDefinition> _known = [];
    private readonly HashSet<(MethodDefinition, string)> _entered = [];

    /// <summary>Knows all methods that have code.</summary>
    public CallTargets(IEnumerable<MethodDefinition> methods)
    {
        foreach (MethodDefinition method in methods)
        {
            _known.Add(method);
            if (!method.IsVirtual || IsOfEveryObject(method))
                continue;
            string key = Key(method);
            if (!_overrides.TryGetValue(key, out List<MethodDefinition>? list))
                _overrides.Add(key, list = []);
            list.Add(method);
        }
    }

    /// <summary>The methods; none if the code is not the kernel's.</summary>
    public IEnumerable<MethodDefinition> Of(MethodReference called)
    {
        if (!called.DeclaringType.Scope.Name.StartsWith("MemOS.", StringComparison.Ordinal)
            || called.Resolve() is not { } definition)
            return [];
        if (definition.IsVirtual && !IsOfEveryObject(definition))
            return _overrides.GetValueOrDefault(Key(definition)) ?? [];
        return _known.Contains(definition) ? [definition] : Enumerable.Empty<MethodDefinition>();
    }

    /// <summary>Whether a method was not gone through yet for a call.</summary>
    public bool TryEnter(MethodDefinition method, string site) => _entered.Add((method, site));

    // Every record has them; which one is meant the call says.
    private static bool IsOfEveryObject(MethodDefinition method) =>
        method.Name is "Equals" or "GetHashCode" or "ToString" or "PrintMembers";

    private static string Key(MethodDefinition method) =>
        $"{method.Name.Split('.')[^1]}/{method.Parameters.Count}";
}
