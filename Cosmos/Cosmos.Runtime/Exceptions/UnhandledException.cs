using System;
using System.Diagnostics.CodeAnalysis;

namespace Cosmos.Runtime.Exceptions;

/// <summary>The end of an image whose exception nobody handles.</summary>
internal static class UnhandledException
{
    private static bool _failing;

    /// <summary>
    /// Reports the exception through the platform. The stack is still the thrower's.
    /// </summary>
    [DoesNotReturn]
    internal static void Fail(object exception)
    {
        if (_failing)
            Platform.Fail("Unhandled exception while an unhandled exception was reported.");
        _failing = true;
        // Describing it needs the memory that there is not.
        if (exception is OutOfMemoryException)
            Platform.Fail("Unhandled exception: out of memory.");
        Platform.Fail("Unhandled exception: " + Describe(exception));
    }

    private static string Describe(object exception)
    {
        try
        {
            return exception.ToString() ?? "without a description";
        }
        catch (Exception inner)
        {
            return "which can't be shown: " + inner.GetType();
        }
    }
}
