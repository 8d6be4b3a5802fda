using System;
using System.Collections.Concurrent;
using Cosmos.TestRunner.Engine;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Results;

namespace MemOS.Tests.Target;

/// <summary>What the test kernels report. Each is booted once, when first asked for.</summary>
internal static class KernelReports
{
    private static readonly ConcurrentDictionary<string, Lazy<KernelReport>> Reports = new();

    /// <summary>The report of the test kernel of that name.</summary>
    public static KernelReport Of(string kernel) =>
        Reports.GetOrAdd(kernel, name => new Lazy<KernelReport>(() => Boot(name))).Value;

    private static KernelReport Boot(string kernel) => KernelRun.Boot(
        new Machine(KernelImages.Of(kernel)),
        RunFolder.Create(Repository.Artifacts, kernel),
        Patience.Default);
}
