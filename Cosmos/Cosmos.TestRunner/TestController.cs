using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Cosmos.Core;
using Cosmos.TestRunner.Protocol;

namespace Cosmos.TestRunner;

/// <summary>Tells the host how a test kernel fared.</summary>
public static class TestController
{
    private static IResultSink? _sink;

    /// <summary>The assertions that have held since the kernel started.</summary>
    public static int AssertionsHeld { get; private set; }

    /// <summary>
    /// Ends the run: everything this kernel set out to test is tested, and held. The host stops
    /// the machine, so this does not return.
    /// </summary>
    [DoesNotReturn]
    public static void Completed()
    {
        Send(FrameKind.Completed, "", AssertionsHeld.ToString(CultureInfo.InvariantCulture));
        Rest();
    }

    /// <summary>Ends the run: something failed. Does not return.</summary>
    [DoesNotReturn]
    public static void Failed()
    {
        Send(FrameKind.Failed, "", "");
        Rest();
    }

    /// <summary>Runs <paramref name="suites"/>, then ends with the verdict they earned.</summary>
    [DoesNotReturn]
    public static void Run(params TestSuite[] suites)
    {
        int failures = 0;
        foreach (TestSuite suite in suites) failures += suite.Run(Sink);

        if (failures == 0) Completed();
        Failed();
    }

    internal static IResultSink Sink => _sink ??= new SerialSink();

    internal static void NoteAssertionHeld() => AssertionsHeld++;

    internal static void Send(FrameKind kind, string name, string detail) =>
        Sink.Send(new ResultFrame(kind, name, detail));

    [DoesNotReturn]
    private static void Rest()
    {
        while (true) CPU.Halt();
    }
}
