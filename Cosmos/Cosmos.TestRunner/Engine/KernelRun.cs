using System.Linq;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Results;
using Cosmos.TestRunner.Protocol;

namespace Cosmos.TestRunner.Engine;

/// <summary>Boots a test kernel and listens until it has come to a verdict.</summary>
public static class KernelRun
{
    /// <summary>Runs the kernel of <paramref name="machine"/> once.</summary>
    public static KernelReport Boot(Machine machine, RunFolder folder, Patience patience)
    {
        using QemuSession session = QemuSession.Start(machine, folder);
        Ending ending = session.WaitUntil(
            t => t.Frames.Any(f => f.Kind is FrameKind.Completed or FrameKind.Failed), patience);
        return KernelReport.Of(session.Transcript, ending);
    }
}
