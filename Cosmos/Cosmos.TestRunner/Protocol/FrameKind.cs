namespace Cosmos.TestRunner.Protocol;

/// <summary>What a result frame says. The value is the letter that stands on the wire.</summary>
public enum FrameKind : byte
{
    /// <summary>A suite begins. Name: the suite.</summary>
    SuiteStarted = (byte)'S',

    /// <summary>A test begins. Name: the test.</summary>
    TestStarted = (byte)'T',

    /// <summary>A test ended well. Name: the test.</summary>
    TestPassed = (byte)'P',

    /// <summary>A test ended badly. Name: the test; detail: why.</summary>
    TestFailed = (byte)'F',

    /// <summary>An assertion outside every test failed. Name: where; detail: why.</summary>
    AssertionFailed = (byte)'A',

    /// <summary>The kernel is done and content. Detail: how many assertions held.</summary>
    Completed = (byte)'C',

    /// <summary>The kernel is done and found a failure.</summary>
    Failed = (byte)'X',
}
