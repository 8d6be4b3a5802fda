using System;

namespace IL2CPU.API.Attribs;

/// <summary>Says more about a plug's method than its name and signature do.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PlugMethod : Attribute
{
    /// <summary>Signature of the target where C# can't express it.</summary>
    public string? Signature { get; set; }

    /// <summary>Whether the plug is applied; it is unless this is set.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Type that emits the body in assembly.</summary>
    public Type? Assembler { get; set; }

    /// <summary>Whether the target must not be compiled unplugged.</summary>
    public bool PlugRequired { get; set; }

    /// <summary>Whether the plug is for every overload of its name.</summary>
    public bool IsWildcard { get; set; }

    /// <summary>Whether a method that does not exist is no error.</summary>
    public bool IsOptional { get; set; }
}
