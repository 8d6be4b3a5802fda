using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemOS.Tests.Toolchain.Untrusted;

/// <summary>
/// Adds one method's flows to the graph: goes through its instructions with a stack of which each
/// value is the set of places that it was computed from. Which way a branch goes makes no
/// difference; a value that is an address counts as what lies there. The methods of checked types
/// are gone through anew for each call, or what one caller gives would be what all others get.
/// </summary>
/// <param name="graph">Where the flows go.</param>
/// <param name="method">The method.</param>
/// <param name="targets">What calls may run.</param>
/// <param name="site">Of a method of a checked type: the call; else nothing.</param>
/// <param name="user">The method to name for what throws.</param>
internal sealed class MethodFlow(
    FlowGraph graph, MethodDefinition method, CallTargets targets, string site, string user)
{
    private const int DeepestSite = 4;

    private static readonly HashSet<string> _nothing = [];

    private readonly Dictionary<Instruction, HashSet<string>[]> _entryStacks = [];
    private readonly List<HashSet<string>> _stack = [];

    /// <summary>A method's name in places and in lists of exceptions.</summary>
    public static string NameOf(MethodReference method) =>
        $"{method.DeclaringType.Name.Split('`')[0]}.{method.Name}";

    private static string ReturnOf(MethodReference method, string site) =>
        $"return of {Identity(method)}{site}";

    // Of a method's parameters, "this" counted.
    private static string ParameterOf(MethodReference method, int index, string site) =>
        $"argument {index} of {Identity(method)}{site}";

    /// <summary>Adds all of it.</summary>
    public void Add()
    {
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
            _entryStacks[handler.HandlerStart] = [_nothing];
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (_entryStacks.TryGetValue(instruction, out HashSet<string>[]? entry))
            {
                _stack.Clear();
                _stack.AddRange(entry);
            }
            Step(instruction);
            Branch(instruction);
        }
    }

    private static string Identity(MethodReference method)
    {
        MethodReference element = method.GetElementMethod();
        return $"{element.DeclaringType.GetElementType().FullName}::{element.Name}"
            + $"/{element.Parameters.Count}"
            + $"({string.Join(",", element.Parameters.Select(one => one.ParameterType.Name))})";
    }

    private static string PlaceOf(FieldReference field) =>
        $"field {field.DeclaringType.GetElementType().FullName}::{field.Name}";

    // What is on the stack goes to the target; after an unconditional branch it is gone.
    private void Branch(Instruction instruction)
    {
        if (instruction.Operand is Instruction target)
            _entryStacks.TryAdd(target, [.. _stack]);
        if (instruction.Operand is Instruction[] cases)
        {
            foreach (Instruction one in cases)
                _entryStacks.TryAdd(one, [.. _stack]);
        }
        if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Throw
            or FlowControl.Return)
            _stack.Clear();
    }

    private void Step(Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Call or Code.Callvirt or Code.Newobj:
                Call(instruction, (MethodReference)instruction.Operand);
                break;
            case Code.Ldfld or Code.Ldflda:
                Pop();
                Push(Load((FieldReference)instruction.Operand));
                break;
            case Code.Ldsfld or Code.Ldsflda:
                Push(Load((FieldReference)instruction.Operand));
                break;
            case Code.Stfld:
                Store(Pop(), (FieldReference)instruction.Operand);
                Pop();
                break;
            case Code.Stsfld:
                Store(Pop(), (FieldReference)instruction.Operand);
                break;
            case Code.Dup:
                Push(_stack.Count == 0 ? _nothing : _stack[^1]);
                break;
            case Code.Ret:
                Flow(_stack.Count == 0 ? _nothing : Pop(), ReturnOf(method, site));
                break;
            default:
                StepLocal(instruction);
                break;
        }
    }

    private void StepLocal(Instruction instruction)
    {
        string code = instruction.OpCode.Name;
        if (code.StartsWith("ldarg", StringComparison.Ordinal))
            Push(Argument(ArgumentIndex(instruction)));
        else if (code.StartsWith("starg", StringComparison.Ordinal))
            Flow(Pop(), ParameterOf(method, ArgumentIndex(instruction), site));
        else if (code.StartsWith("ldloc", StringComparison.Ordinal))
            Push(IsCheckedLocal(instruction) ? _nothing : [LocalOf(instruction)]);
        else if (code.StartsWith("stloc", StringComparison.Ordinal))
            Flow(Pop(), LocalOf(instruction));
        else if (code.StartsWith("stelem", StringComparison.Ordinal))
            StoreElement();
        else if (code.StartsWith("ldelem", StringComparison.Ordinal))
            LoadElement();
        else if (code.StartsWith("stind", StringComparison.Ordinal) || code == "stobj")
            StoreAt();
        else
            StepArithmetic(instruction);
    }

    // Everything else takes what it takes and gives what was computed from all of it.
    private void StepArithmetic(Instruction instruction)
    {
        string code = instruction.OpCode.Name;
        HashSet<string> taken = [];
        int count = Taken(instruction);
        for (int i = 0; i < count; i++)
        {
            HashSet<string> value = Pop();
            if (i == 0 && code is "div" or "div.un" or "rem" or "rem.un")
                graph.AddUse(new Use(user, "a division", value));
            taken.UnionWith(value);
        }
        if (code.Contains(".ovf", StringComparison.Ordinal))
            graph.AddUse(new Use(user, "checked arithmetic", taken));
        if (code == "newarr")
            graph.AddUse(new Use(user, "an array's length", taken));
        if (Gives(instruction))
            Push(code is "newarr" or "sizeof" or "ldlen" ? _nothing : taken);
    }

    private void Call(Instruction instruction, MethodReference called)
    {
        Code code = instruction.OpCode.Code;
        bool hasThis = called.HasThis && code != Code.Newobj;
        int count = called.Parameters.Count + (hasThis ? 1 : 0);
        HashSet<string>[] arguments = new HashSet<string>[count];
        for (int i = count - 1; i >= 0; i--)
        {
            HashSet<string> argument = Pop();
            arguments[i] = UntrustedRules.IsPrinted(called) ? _nothing : argument;
        }
        HashSet<string> all = [.. arguments.SelectMany(static one => one)];
        if (UntrustedRules.ThrowsAt(called) is { } kind)
        {
            graph.AddUse(new Use(user, kind,
                kind == "an assertion" ? arguments[0] : [.. arguments.Skip(1).SelectMany(x => x)]));
        }
        HashSet<string> result = [];
        bool isKnown = false;
        foreach (MethodDefinition target in targets.Of(called))
        {
            isKnown = true;
            string at = SiteOf(instruction, target);
            Pass(arguments, target, code == Code.Newobj ? 1 : 0, at);
            result.Add(ReturnOf(target, at));
        }
        if (!isKnown)
            PassOn(called, arguments, hasThis, all, result);
        if (UntrustedRules.IsFromRing3(called, method))
        {
            result = [$"what {NameOf(called)} gives {NameOf(method)}"];
            graph.AddSource(result.First());
        }
        bool isChecked = UntrustedRules.IsChecked(called.ReturnType)
            || (code == Code.Newobj && UntrustedRules.IsChecked(called.DeclaringType));
        isChecked |= UntrustedRules.IsKernelsMemory(called);
        if (code == Code.Newobj || called.ReturnType.FullName != "System.Void")
            Push(isChecked ? _nothing : result);
    }

    // A method whose code is not looked at: its result, and whatever it gets by reference, are
    // computed from all that it gets.
    private void PassOn(
        MethodReference called, HashSet<string>[] arguments, bool hasThis, HashSet<string> all,
        HashSet<string> result)
    {
        result.UnionWith(all);
        for (int i = 0; i < called.Parameters.Count; i++)
        {
            if (!called.Parameters[i].ParameterType.IsByReference)
                continue;
            foreach (string place in arguments[i + (hasThis ? 1 : 0)])
                Flow(all, place);
        }
    }

    private string SiteOf(Instruction instruction, MethodDefinition target)
    {
        if (!UntrustedRules.IsChecked(target.DeclaringType))
            return "";
        string at = $"{site} in {NameOf(method)}+{instruction.Offset}";
        bool isNew = at.Split(" in ").Length <= DeepestSite + 1 && targets.TryEnter(target, at);
        if (isNew)
        {
            string through = site.Length == 0 ? $"{user} by {NameOf(target)}" : user;
            new MethodFlow(graph, target, targets, at, through).Add();
        }
        return at;
    }

    private void Pass(
        HashSet<string>[] arguments, MethodDefinition target, int first, string at)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            string parameter = ParameterOf(target, i + first, at);
            int number = i + first - (target.HasThis ? 1 : 0);
            if (!UntrustedRules.IsChecked(TypeOf(target, number)))
                Flow(arguments[i], parameter);
            if (number < 0 || target.Parameters[number].ParameterType is not ByReferenceType type
                || target.Parameters[number].IsIn || UntrustedRules.IsChecked(type.ElementType))
                continue;
            foreach (string place in arguments[i])
                graph.Add(parameter, place);
        }
    }

    private HashSet<string> Argument(int index) =>
        UntrustedRules.IsChecked(TypeOf(method, index - (method.HasThis ? 1 : 0)))
            ? _nothing
            : [ParameterOf(method, index, site)];

    private bool IsCheckedLocal(Instruction instruction) => UntrustedRules.IsChecked(
        method.Body.Variables[LocalIndex(instruction)].VariableType);

    private static TypeReference TypeOf(MethodDefinition target, int number) =>
        number < 0 ? target.DeclaringType : target.Parameters[number].ParameterType;

    private HashSet<string> Load(FieldReference field)
    {
        if (UntrustedRules.IsChecked(field.DeclaringType))
            return _nothing;
        string place = PlaceOf(field);
        if (UntrustedRules.IsFromRing3(field))
            graph.AddSource(place);
        return UntrustedRules.IsChecked(field.FieldType) ? _nothing : [place];
    }

    private void Store(HashSet<string> value, FieldReference field)
    {
        if (!UntrustedRules.IsChecked(field.DeclaringType))
            Flow(value, PlaceOf(field));
    }

    private void LoadElement()
    {
        graph.AddUse(new Use(user, "an array's index", Pop()));
        Push(Pop());
    }

    private void StoreElement()
    {
        HashSet<string> value = Pop();
        graph.AddUse(new Use(user, "an array's index", Pop()));
        foreach (string array in Pop())
            Flow(value, array);
    }

    private void StoreAt()
    {
        HashSet<string> value = Pop();
        foreach (string place in Pop())
            Flow(value, place);
    }

    private void Flow(HashSet<string> value, string to)
    {
        foreach (string from in value)
            graph.Add(from, to);
    }

    private string LocalOf(Instruction instruction) =>
        $"local {LocalIndex(instruction)} of {Identity(method)}{site}";

    private static int LocalIndex(Instruction instruction) =>
        instruction.Operand is VariableDefinition variable
            ? variable.Index
            : instruction.OpCode.Name[^1] - '0';

    private int ArgumentIndex(Instruction instruction) =>
        instruction.Operand is ParameterDefinition parameter
            ? parameter.Index + (method.HasThis ? 1 : 0)
            : instruction.OpCode.Name[^1] - '0';

    private static int Taken(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi => 3,
        StackBehaviour.Varpop or StackBehaviour.PopAll => 0,
        _ => 2,
    };

    private static bool Gives(Instruction instruction) =>
        instruction.OpCode.StackBehaviourPush is not StackBehaviour.Push0;

    private void Push(HashSet<string> value) => _stack.Add(value);

    private HashSet<string> Pop()
    {
        if (_stack.Count == 0)
            return _nothing;
        HashSet<string> value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }
}
