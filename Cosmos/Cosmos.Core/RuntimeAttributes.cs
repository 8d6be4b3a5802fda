using System;

namespace System.Runtime;

/// <summary>Gives a method an unmangled symbol that assembly code calls.</summary>
/// <remarks>ILC recognises this attribute by its full name, in any assembly.</remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeExportAttribute(string entry) : Attribute
{
    /// <summary>The symbol's name.</summary>
    public string EntryPoint { get; } = entry;
}

/// <summary>Binds an extern method to an assembly symbol, without any transition code.</summary>
/// <remarks>ILC recognises this attribute by its full name, in any assembly.</remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeImportAttribute(string library, string entry) : Attribute
{
    /// <summary>By convention "*": any symbol of the image.</summary>
    public string DllName { get; } = library;

    /// <summary>The symbol's name.</summary>
    public string EntryPoint { get; } = entry;
}
