using System;
using Cosmos.TestRunner;
using Sys = Cosmos.System;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Tests the language and the library inside a kernel.</summary>
public sealed class Kernel : Sys.Kernel
{
    private static Kernel? _kernel;

    /// <inheritdoc/>
    protected override void BeforeRun()
    {
        Console.WriteLine("Runtime tests");
        // Now all that the stack refers to is this kernel, and a static refers to it as well.
        _kernel = this;
        EmptyStackTests.Run();
        SliceTests.Run();
    }

    /// <inheritdoc/>
    protected override void Run() =>
        TestController.Run([.. RuntimeSuites.Portable, .. MachineSuites.All]);
}
