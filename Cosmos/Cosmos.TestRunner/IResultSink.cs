using Cosmos.TestRunner.Protocol;

namespace Cosmos.TestRunner;

/// <summary>Where results go: the serial line in a kernel, a list on a host.</summary>
public interface IResultSink
{
    /// <summary>Delivers <paramref name="frame"/>.</summary>
    void Send(ResultFrame frame);
}
