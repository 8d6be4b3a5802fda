using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace IL2CPU.Plugs;

/// <summary>
/// Fills the fields that are marked with ManifestResourceStream: they become part of the image's
/// data, for a kernel has no assembly to read resources from.
/// </summary>
internal static class ResourceFields
{
    private const string Attribute = "IL2CPU.API.Attribs.ManifestResourceStream";
    private const string HolderName = "<EmbeddedResources>";

    internal static void Fill(AssemblySet assemblies)
    {
        foreach (AssemblyDefinition assembly in assemblies.Own)
        {
            FieldDefinition[] fields = [.. assembly.MainModule.GetAllTypes()
                .SelectMany(one => one.Fields).Where(one => NameOf(one) != null)];
            if (fields.Length == 0)
                continue;
            assemblies.MarkChanged(assembly);
            foreach (FieldDefinition field in fields)
                Fill(assemblies, field, NameOf(field)!);
        }
    }

    private static string? NameOf(FieldDefinition field) =>
        field.CustomAttributes
            .FirstOrDefault(one => one.AttributeType.FullName == Attribute)?
            .Properties.FirstOrDefault(one => one.Name == "ResourceName").Argument.Value as string;

    private static void Fill(AssemblySet assemblies, FieldDefinition field, string name)
    {
        if (!field.IsStatic || field.FieldType.FullName != "System.Byte[]")
        {
            throw new BuildError("IL2CPU025",
                $"{field.FullName} is to hold a resource, but is no static byte[].",
                SourcePlace.Of(field.DeclaringType));
        }
        EmbeddedResource resource = field.Module.Resources.OfType<EmbeddedResource>()
            .FirstOrDefault(one => one.Name == name)
            ?? throw new BuildError("IL2CPU026",
                $"{field.FullName}: {field.Module.Assembly.Name.Name} has no resource {name}. "
                + Candidates.Nearest(field.Module.Resources.Select(one => one.Name), name),
                SourcePlace.Of(field.DeclaringType));
        Store(assemblies, field, resource.GetResourceData());
    }

    private static void Store(AssemblySet assemblies, FieldDefinition field, byte[] data)
    {
        ModuleDefinition module = field.Module;
        MethodBody body = StaticConstructor(field.DeclaringType).Body;
        ILProcessor il = body.GetILProcessor();
        TypeDefinition helpers = assemblies.FindType(
            "System.Runtime.CompilerServices.RuntimeHelpers", "System.Private.CoreLib")!;
        Instruction[] code =
        [
            il.Create(OpCodes.Ldc_I4, data.Length),
            il.Create(OpCodes.Newarr, module.TypeSystem.Byte),
            il.Create(OpCodes.Dup),
            il.Create(OpCodes.Ldtoken, Data(module, data)),
            il.Create(OpCodes.Call, module.ImportReference(
                helpers.Methods.First(one => one.Name == "InitializeArray"))),
            il.Create(OpCodes.Stsfld, field),
        ];
        for (int i = 0; i < code.Length; i++)
            body.Instructions.Insert(i, code[i]);
    }

    private static MethodDefinition StaticConstructor(TypeDefinition type)
    {
        if (type.GetStaticConstructor() is { } existing)
            return existing;
        MethodDefinition constructor = new(
            ".cctor",
            MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig
                | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
            type.Module.TypeSystem.Void);
        constructor.Body.GetILProcessor().Append(Instruction.Create(OpCodes.Ret));
        type.IsBeforeFieldInit = true;
        type.Methods.Add(constructor);
        return constructor;
    }

    // A field with bytes behind it has to be of a value type of their length.
    private static FieldDefinition Data(ModuleDefinition module, byte[] data)
    {
        TypeDefinition? holder = module.GetType(HolderName);
        if (holder == null)
        {
            holder = new TypeDefinition("", HolderName,
                TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
            module.Types.Add(holder);
        }
        string name = "Data" + holder.Fields.Count;
        TypeDefinition type = new("", name + "Type",
            TypeAttributes.NestedAssembly | TypeAttributes.ExplicitLayout
                | TypeAttributes.Sealed,
            new TypeReference(
                "System", "ValueType", module, module.TypeSystem.CoreLibrary))
        {
            PackingSize = 1,
            ClassSize = System.Math.Max(data.Length, 1),
        };
        holder.NestedTypes.Add(type);
        FieldDefinition field = new(name,
            FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly
                | FieldAttributes.HasFieldRVA, type)
        {
            InitialValue = data.Length == 0 ? [0] : data,
        };
        holder.Fields.Add(field);
        return field;
    }
}
