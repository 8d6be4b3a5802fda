using System;
using Cosmos.TestRunner;
using Sys = Cosmos.System;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Tests the language and the library inside a kernel.</summary>
public sealed class Kernel : Sys.Kernel
{
    /// <inheritdoc/>
    protected override void BeforeRun() => Console.WriteLine("Runtime tests");

    /// <inheritdoc/>
    protected override void Run() =>
        TestController.Run([.. RuntimeSuites.Portable, .. MachineSuites.All]);
}
