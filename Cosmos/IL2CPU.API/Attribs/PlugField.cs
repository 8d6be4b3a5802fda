using System;

namespace IL2CPU.API.Attribs;

/// <summary>Adds a field to the type that a plug is for.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class PlugField : Attribute
{
    /// <summary>The field's name.</summary>
    public string? FieldId { get; set; }

    /// <summary>The field's type.</summary>
    public Type? FieldType { get; set; }

    /// <summary>Whether the value lies outside, and the field holds its address.</summary>
    public bool IsExternalValue { get; set; }

    /// <summary>Whether it is a static field.</summary>
    public bool IsStatic { get; set; }
}
