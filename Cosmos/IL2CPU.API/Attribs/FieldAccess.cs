using System;

namespace IL2CPU.API.Attribs;

/// <summary>
/// Marks a <c>ref</c> parameter of a plug's method that stands for a field of the target's type.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FieldAccess : Attribute
{
    /// <summary>The field's name.</summary>
    public string? Name { get; set; }
}
