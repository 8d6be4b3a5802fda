using System.Runtime.CompilerServices;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Hides values from the compiler, so that it cannot work a test out by itself.</summary>
internal static class Opaque
{
    /// <summary>Gives back <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Value<T>(T value) => value;
}
