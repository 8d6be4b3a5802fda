using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using Cosmos.TestRunner.Protocol;

namespace Cosmos.TestRunner;

/// <summary>Assertions for test kernels, with the names and arguments of Cosmos gen2.</summary>
/// <remarks>
/// In a <see cref="TestSuite"/> a failed assertion ends its test; outside of one it ends the
/// whole run as failed, as it always has.
/// </remarks>
public static class Assert
{
    /// <summary>Holds if <paramref name="condition"/> is true.</summary>
    public static void IsTrue([DoesNotReturnIf(false)] bool condition, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        if (!condition) Fail(message, file, line);
        TestController.NoteAssertionHeld();
    }

    /// <summary>Holds if <paramref name="condition"/> is false.</summary>
    public static void IsFalse([DoesNotReturnIf(true)] bool condition, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        IsTrue(!condition, message, file, line);

    /// <summary>Holds if <paramref name="value"/> is null.</summary>
    public static void IsNull(object? value, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        IsTrue(value is null, message, file, line);

    /// <summary>Holds if <paramref name="value"/> is not null.</summary>
    public static void IsNotNull([NotNull] object? value, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        IsTrue(value is not null, message, file, line);

    /// <summary>Holds if both are the same number.</summary>
    public static void AreEqual(int expected, int actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreEqual<int>(expected, actual, message, file, line);

    /// <summary>Holds if both are the same number.</summary>
    public static void AreEqual(uint expected, uint actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreEqual<uint>(expected, actual, message, file, line);

    /// <summary>Holds if both are the same number.</summary>
    public static void AreEqual(long expected, long actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreEqual<long>(expected, actual, message, file, line);

    /// <summary>Holds if both are the same number.</summary>
    public static void AreEqual(ulong expected, ulong actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreEqual<ulong>(expected, actual, message, file, line);

    /// <summary>Holds if both are the same number, or both not a number.</summary>
    public static void AreEqual(float expected, float actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreEqual<float>(expected, actual, message, file, line);

    /// <summary>Holds if both are the same number, or both not a number.</summary>
    public static void AreEqual(double expected, double actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreEqual<double>(expected, actual, message, file, line);

    /// <summary>Holds if both are null, or the same characters.</summary>
    public static void AreEqual(string? expected, string? actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreEqual<string?>(expected, actual, message, file, line);

    /// <summary>Holds if both are null, or the same bytes.</summary>
    public static void AreEqual(byte[]? expected, byte[]? actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreSame(expected, actual, message, file, line);

    /// <summary>Holds if both are null, or the same numbers.</summary>
    public static void AreEqual(int[]? expected, int[]? actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreSame(expected, actual, message, file, line);

    /// <summary>Holds if both are null, or the same numbers.</summary>
    public static void AreEqual(uint[]? expected, uint[]? actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreSame(expected, actual, message, file, line);

    /// <summary>Holds if both are null, or the same texts.</summary>
    public static void AreEqual(string[]? expected, string[]? actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        AreSame(expected, actual, message, file, line);

    /// <summary>Holds if both are different numbers.</summary>
    public static void AreNotEqual(uint expected, uint actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        IsTrue(expected != actual, message, file, line);

    /// <summary>Holds if both are equal by their own idea of equality.</summary>
    public static void AreEqual<T>(T expected, T actual, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            Fail(Difference(message, Text(expected), Text(actual)), file, line);
        TestController.NoteAssertionHeld();
    }

    /// <summary>Holds if <paramref name="action"/> throws exactly that exception.</summary>
    /// <returns>What was thrown.</returns>
    public static TException Throws<TException>(Action action, string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
        where TException : Exception
    {
        string thrown = "nothing";
        try
        {
            action();
        }
        catch (TException exception) when (exception.GetType() == typeof(TException))
        {
            TestController.NoteAssertionHeld();
            return exception;
        }
        catch (Exception exception)
        {
            thrown = exception.GetType().Name;
        }

        Fail(Difference(message, typeof(TException).Name, thrown), file, line);
        return null;
    }

    /// <summary>Counts as an assertion that held.</summary>
    public static void Succeed(string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) =>
        IsTrue(true, message, file, line);

    /// <summary>Never holds.</summary>
    [DoesNotReturn]
    public static void Fail(string message = "",
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        string place = FileName(file) + ":" + line.ToString(CultureInfo.InvariantCulture);
        if (!TestSuite.IsRunning)
        {
            TestController.Send(FrameKind.AssertionFailed, place, message);
            TestController.Failed();
        }

        throw new AssertionFailedException(message + " (" + place + ")");
    }

    private static void AreSame<T>(
        T[]? expected, T[]? actual, string message, string? file, int line)
    {
        bool same = expected is null || actual is null
            ? expected == actual
            : expected.AsSpan().SequenceEqual(actual);
        if (!same) Fail(Difference(message, Text(expected), Text(actual)), file, line);
        TestController.NoteAssertionHeld();
    }

    private static string Difference(string message, string expected, string actual) =>
        message + " [expected " + expected + ", got " + actual + "]";

    private static string Text<T>(T value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexString(bytes),
        string text => "\"" + text + "\"",
        Array items => string.Join(", ", items.Cast<object?>().Select(Text)),
        _ => value.ToString() ?? "",
    };

    private static string FileName(string? path) =>
        path is null ? "?" : path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
