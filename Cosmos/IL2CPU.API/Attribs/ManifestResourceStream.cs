using System;

namespace IL2CPU.API.Attribs;

/// <summary>Marks a static <c>byte[]</c> field that holds an embedded resource.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ManifestResourceStream : Attribute
{
    /// <summary>The resource's name.</summary>
    public string? ResourceName { get; set; }
}
