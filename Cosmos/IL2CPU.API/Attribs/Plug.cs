using System;

namespace IL2CPU.API.Attribs;

/// <summary>
/// Marks a class whose static methods take the place of those of another type, by name and
/// signature. An instance method's plug takes the instance first, as <c>aThis</c>; constructors are
/// plugged by <c>Ctor</c> and <c>CCtor</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class Plug : Attribute
{
    /// <summary>A plug whose target is named by a property.</summary>
    public Plug()
    {
    }

    /// <summary>A plug of a type.</summary>
    public Plug(Type target) => Target = target;

    /// <summary>A plug of a type that can't be named in C#.</summary>
    /// <param name="targetName">Full name, comma, name of the assembly.</param>
    public Plug(string targetName) => TargetName = targetName;

    /// <summary>The type.</summary>
    public Type? Target { get; set; }

    /// <summary>The type's full name, comma, name of its assembly.</summary>
    public string? TargetName { get; set; }

    /// <summary>Whether a type that does not exist is no error.</summary>
    public bool IsOptional { get; set; }

    /// <summary>Whether the plug also holds for types derived from the target.</summary>
    public bool Inheritable { get; set; }
}
