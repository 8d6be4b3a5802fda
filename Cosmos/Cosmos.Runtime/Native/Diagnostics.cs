using System.Runtime;
using Cosmos.Runtime.Exceptions;

namespace Cosmos.Runtime.Native;

/// <summary>What CoreLib asks about the runtime itself.</summary>
internal static unsafe class Diagnostics
{
    [RuntimeExport("RhFindMethodStartAddress")]
    private static ulong MethodStart(ulong address) =>
        UnwindTable.TryFind(address, out FunctionEntry function)
            ? MethodClauses.Of(function).MethodStart
            : 0;

    [RuntimeExport("RhpGetCurrentThreadStackTrace")]
    private static int CurrentStackTrace(nint* buffer, uint length, nuint top)
    {
        // Backtraces are the platform's: it has the symbols.
        _ = buffer;
        _ = length;
        _ = top;
        return 0;
    }

    [RuntimeExport("RhGetCrashInfoBuffer")]
    private static byte* CrashInfoBuffer(int* length)
    {
        *length = 0;
        return null;
    }

    [RuntimeExport("RhCreateCrashDumpIfEnabled")]
    private static void CreateCrashDump(nint exception, nint context)
    {
        _ = exception;
        _ = context;
    }
}
