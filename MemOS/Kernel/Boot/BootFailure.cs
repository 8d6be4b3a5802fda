using System;
using System.Diagnostics.CodeAnalysis;
using Cosmos.Core.Panics;

namespace MemOS.Boot;

/// <summary>A machine on which MemOS cannot start.</summary>
internal static class BootFailure
{
    /// <summary>Shows why, and halts.</summary>
    [DoesNotReturn]
    internal static void Stop(ReadOnlySpan<char> reason) => Panic.Fail(reason);
}
