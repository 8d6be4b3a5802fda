using System;
using System.Diagnostics.CodeAnalysis;
using MemOS.Abi;

namespace MemOS.Modeltest;

/// <summary>The kernel did not do what the model says.</summary>
internal sealed class DisagreementException(string message) : Exception(message);

/// <summary>Compares what is with what should be.</summary>
internal static class Check
{
    internal static void Equal<T>(string what, T expected, T actual)
        where T : IEquatable<T>
    {
        if (!expected.Equals(actual))
            Fail($"{what}: {actual}, not {expected}");
    }

    internal static void Equal(string what, ErrorCode expected, ErrorCode actual)
    {
        if (expected != actual)
            Fail($"{what}: 0x{(byte)actual:X2}, not 0x{(byte)expected:X2}");
    }

    [DoesNotReturn]
    internal static void Fail(string what) => throw new DisagreementException(what);
}
