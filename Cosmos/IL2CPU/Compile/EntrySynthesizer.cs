using System.Collections.Generic;
using System.IO;
using System.Linq;
using IL2CPU.Plugs;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace IL2CPU.Compile;

/// <summary>
/// Makes the assembly with the native symbol <c>__cosmos_main</c>: for a kernel it makes the one
/// kernel object and starts it, for a program it calls <c>Main</c>.
/// </summary>
internal sealed class EntrySynthesizer(AssemblySet assemblies)
{
    internal const string AssemblyName = "Cosmos.Entry";

    private const string Symbol = "__cosmos_main";
    private const string KernelBase = "Cosmos.System.Kernel";

    internal string Write(BuildOptions options)
    {
        AssemblyDefinition owner = assemblies.Own.First(
            one => one.Name.Name == Path.GetFileNameWithoutExtension(options.Entry));
        using AssemblyDefinition entry = AssemblyDefinition.CreateAssembly(
            new AssemblyNameDefinition(AssemblyName, new(1, 0)), AssemblyName,
            new ModuleParameters { Kind = ModuleKind.Dll, AssemblyResolver = assemblies });
        ModuleDefinition module = entry.MainModule;
        TypeDefinition type = new("Cosmos", "Entry",
            TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.Public,
            module.ImportReference(CoreType("System.Object")));
        module.Types.Add(type);
        MethodDefinition main = new("Run", MethodAttributes.Static | MethodAttributes.Public,
            module.ImportReference(CoreType("System.Int32")));
        main.CustomAttributes.Add(Export(module));
        type.Methods.Add(main);
        ILProcessor il = main.Body.GetILProcessor();
        if (options.Kind == ImageKind.Kernel)
            StartKernel(il, owner, module);
        else
            CallMain(il, owner, module);
        il.Append(il.Create(OpCodes.Ret));
        string path = Path.Combine(options.Output, AssemblyName + ".dll");
        entry.Write(path, AssemblySet.Repeatable);
        return path;
    }

    private void StartKernel(ILProcessor il, AssemblyDefinition owner, ModuleDefinition module)
    {
        TypeDefinition kernel = FindKernel(owner);
        MethodDefinition constructor = kernel.GetConstructors()
            .FirstOrDefault(one => !one.IsStatic && !one.HasParameters)
            ?? throw new BuildError("IL2CPU021",
                $"{kernel.FullName} needs a constructor without parameters.");
        TypeDefinition kernelBase = assemblies.FindType(KernelBase, null)!;
        il.Append(il.Create(OpCodes.Newobj, module.ImportReference(constructor)));
        il.Append(il.Create(OpCodes.Callvirt,
            module.ImportReference(kernelBase.Methods.First(one => one.Name == "Start"))));
        il.Append(il.Create(OpCodes.Ldc_I4_0));
    }

    // The kernel may be a library that an image's project only refers to.
    private TypeDefinition FindKernel(AssemblyDefinition owner)
    {
        TypeDefinition[] kernels = [.. KernelsIn(owner)];
        if (kernels.Length == 0)
            kernels = [.. assemblies.Own.SelectMany(KernelsIn)];
        if (kernels.Length == 1)
            return kernels[0];
        throw new BuildError("IL2CPU020", kernels.Length == 0
            ? $"Neither {owner.Name.Name} nor what it refers to has a class that derives from "
                + $"{KernelBase}."
            : $"{owner.Name.Name} needs one class that derives from {KernelBase}; there are "
                + string.Join(", ", kernels.Select(one => one.FullName)) + ".");
    }

    private static IEnumerable<TypeDefinition> KernelsIn(AssemblyDefinition assembly) =>
        assembly.MainModule.GetAllTypes()
            .Where(one => !one.IsAbstract && DerivesFromKernel(one));

    private void CallMain(ILProcessor il, AssemblyDefinition owner, ModuleDefinition module)
    {
        MethodDefinition main = owner.EntryPoint
            ?? throw new BuildError("IL2CPU022", $"{owner.Name.Name} has no Main.");
        if (main.HasParameters)
        {
            TypeDefinition line = assemblies.FindType(
                "Cosmos.Runtime.CommandLine", "Cosmos.Runtime")!;
            il.Append(il.Create(OpCodes.Call, module.ImportReference(
                line.Properties.First(one => one.Name == "Arguments").GetMethod)));
        }
        il.Append(il.Create(OpCodes.Call, module.ImportReference(main)));
        if (main.ReturnType.FullName == "System.Void")
            il.Append(il.Create(OpCodes.Ldc_I4_0));
    }

    private static bool DerivesFromKernel(TypeDefinition type)
    {
        for (TypeReference? at = type.BaseType; at != null; at = at.Resolve()?.BaseType)
        {
            if (at.FullName == KernelBase)
                return true;
        }
        return false;
    }

    private CustomAttribute Export(ModuleDefinition module)
    {
        TypeDefinition attribute = CoreType(
            "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute");
        CustomAttribute export = new(module.ImportReference(attribute.GetConstructors().First()));
        export.Fields.Add(new CustomAttributeNamedArgument("EntryPoint",
            new CustomAttributeArgument(
                module.ImportReference(CoreType("System.String")), Symbol)));
        return export;
    }

    private TypeDefinition CoreType(string name) =>
        assemblies.FindType(name, "System.Private.CoreLib")!;
}
