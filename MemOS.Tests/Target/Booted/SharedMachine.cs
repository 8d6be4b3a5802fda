using System;

namespace MemOS.Tests.Target.Booted;

/// <summary>One booted MemOS for all tests of a class, which leave it as they found it.</summary>
public sealed class SharedMachine : IDisposable
{
    /// <summary>The machine, at its prompt.</summary>
    internal MemOsMachine MemOs { get; } = MemOsMachine.Boot($"shared {Guid.NewGuid():N}");

    /// <inheritdoc/>
    public void Dispose() => MemOs.Dispose();
}
