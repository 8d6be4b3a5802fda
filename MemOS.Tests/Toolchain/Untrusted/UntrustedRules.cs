using System;
using System.Linq;
using Mono.Cecil;

namespace MemOS.Tests.Toolchain.Untrusted;

/// <summary>What comes from ring 3, what is safe once it was made, and what throws.</summary>
internal static class UntrustedRules
{
    // Their constructors are private: a number gets in by a factory that looks at it.
    private static readonly string[] _checkedTypes =
    [
        "VirtualAddress", "PhysicalAddress", "Page", "PageCount", "PageRange", "Frame",
        "FrameRange", "FrameGroup", "UserSpan", "PageRights",
    ];

    // The processor's, not the program's.
    private static readonly string[] _ownRegisters = ["Vector", "ErrorCode", "Cs", "Ss"];

    // Methods of the framework that throw when a number is wrong.
    private static readonly string[] _throwing =
    [
        "Slice", "Single", "First", "ElementAt", "Substring", "get_Item", "AsSpan", "CopyTo",
        "GetSubArray", "Parse", "ToUInt64", "RemoveAt", "Clamp", "get_Chars", "GetOffsetAndLength",
    ];

    /// <summary>Whether numbers in such a value were accepted when it was made.</summary>
    public static bool IsChecked(TypeReference type) => type is ByReferenceType reference
        ? IsChecked(reference.ElementType)
        : _checkedTypes.Contains(type.Name)
            && type.Namespace.StartsWith("MemOS", StringComparison.Ordinal);

    /// <summary>
    /// Whether it reads page tables and the kernel's records, by the kernel's own map of RAM; what
    /// a program has there is read by UserMemory.
    /// </summary>
    public static bool IsKernelsMemory(MethodReference called) =>
        called.DeclaringType.Name is "MachineMemory" or "IPhysicalMemory" or "KeptTranslations"
            or "PhysicalMap";

    /// <summary>
    /// Whether it puts a value into a line of the log: any number has digits, and what is longer
    /// than a line is cut.
    /// </summary>
    public static bool IsPrinted(MethodReference called) => called.DeclaringType.Name == "LogLine";

    /// <summary>Whether a program sets the field.</summary>
    public static bool IsFromRing3(FieldReference field) =>
        field.DeclaringType.Name == "ThreadContext" && !_ownRegisters.Contains(field.Name)
            && field.FieldType.IsPrimitive;

    /// <summary>Whether what the method returns is what a program or a file says.</summary>
    /// <param name="called">The method.</param>
    /// <param name="caller">Whose code calls it.</param>
    public static bool IsFromRing3(MethodReference called, MethodDefinition caller)
    {
        string type = called.DeclaringType.Name;
        string name = called.Name;
        return (type == "SyscallArguments" && name.StartsWith("Take", StringComparison.Ordinal))
            || (type == "UserBuffer" && name == "Copy")
            || (type == "Instruction" && called.DeclaringType.Namespace == "Iced.Intel")
            || (type == "BinaryPrimitives" && name.StartsWith("Read", StringComparison.Ordinal)
                && caller.DeclaringType.Namespace == "MemOS.Images");
    }

    /// <summary>What a call throws at if its numbers are wrong; null if it does not.</summary>
    public static string? ThrowsAt(MethodReference called)
    {
        if (called.DeclaringType.Name == "Ensure" && called.Name == "That")
            return "an assertion";
        bool isOwn = called.DeclaringType.Namespace.StartsWith("MemOS", StringComparison.Ordinal);
        if (isOwn || !called.DeclaringType.Namespace.StartsWith("System", StringComparison.Ordinal))
            return null;
        return _throwing.Contains(called.Name)
            || called.Name.StartsWith("ThrowIf", StringComparison.Ordinal)
            ? $"{called.DeclaringType.Name}.{called.Name}"
            : null;
    }
}
