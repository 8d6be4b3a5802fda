using System;
using System.Runtime;

namespace Cosmos.Runtime.Native;

/// <summary>
/// The part of libSystem.Native that CoreLib calls for ordinary work. What has no meaning without
/// a Unix below answers as an empty system would; all else is missing, and says so when called.
/// </summary>
internal static unsafe class SystemNative
{
    private const ulong TicksPerMillisecond = 10_000;
    private const ulong NanosecondsPerTick = 100;

    private static int _error;

    [RuntimeExport("SystemNative_GetErrNo")]
    private static int GetError() => _error;

    [RuntimeExport("SystemNative_SetErrNo")]
    internal static void SetError(int error) => _error = error;

    [RuntimeExport("SystemNative_GetEnv")]
    private static byte* GetEnvironmentVariable(byte* name)
    {
        _ = name;
        return null;
    }

    [RuntimeExport("SystemNative_GetTimestamp")]
    private static ulong GetTimestamp() => Platform.Ticks() * NanosecondsPerTick;

    [RuntimeExport("SystemNative_GetLowResolutionTimestamp")]
    private static ulong GetLowResolutionTimestamp() => Platform.Ticks() / TicksPerMillisecond;

    [RuntimeExport("SystemNative_GetSystemTimeAsTicks")]
    private static long GetSystemTimeAsTicks() => (long)Platform.UnixTicks();

    [RuntimeExport("SystemNative_GetNonCryptographicallySecureRandomBytes")]
    private static void GetRandomBytes(byte* buffer, int length) =>
        Platform.FillRandom(new Span<byte>(buffer, length));

    [RuntimeExport("SystemNative_GetCryptographicallySecureRandomBytes")]
    private static int GetSecureRandomBytes(byte* buffer, int length)
    {
        Platform.FillRandom(new Span<byte>(buffer, length));
        return 0;
    }

    [RuntimeExport("SystemNative_SchedGetCpu")]
    private static int GetCpu() => 0;

    [RuntimeExport("SystemNative_GetPid")]
    private static int GetProcessId() => 1;

    [RuntimeExport("SystemNative_GetHostName")]
    private static int GetHostName(byte* buffer, int length)
    {
        ReadOnlySpan<byte> name = "cosmos\0"u8;
        if (length < name.Length)
            return -1;
        name.CopyTo(new Span<byte>(buffer, length));
        return 0;
    }

    [RuntimeExport("SystemNative_Abort")]
    private static void Abort() => Platform.Fail("The runtime gave up (abort).");

    [RuntimeExport("SystemNative_LogError")]
    private static void LogError(byte* text, int length) =>
        Platform.Write(new ReadOnlySpan<byte>(text, length));
}
