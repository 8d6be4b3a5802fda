using System.Collections.Generic;
using Cosmos.TestRunner;
using Cosmos.TestRunner.Protocol;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Keeps the messages of failed tests.</summary>
internal sealed class FailureList : IResultSink
{
    private readonly List<string> _failures = [];

    /// <summary>Why tests failed, in order.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <inheritdoc/>
    public void Send(ResultFrame frame)
    {
        if (frame.Kind == FrameKind.TestFailed) _failures.Add(frame.Detail);
    }
}
