using System;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Native;

/// <summary>
/// CoreLib's files, on a system that has none: an empty root folder, and no other path leads to
/// anything, which programs know how to take. What would need a file in hand stays missing.
/// </summary>
internal static unsafe class EmptyFileSystem
{
    // Both are "no such file or directory": Linux's number, and that of CoreLib (Interop.Error).
    private const int NoEntry = 2;
    private const int NoEntryOfCoreLib = 0x1002D;
    private const int OtherOfCoreLib = 0x1FFFF;

    // S_IFDIR, and reading and searching for everyone.
    private const int FolderThatAllRead = 0x4000 | 0x16D;

    private static ReadOnlySpan<byte> Root => "/\0"u8;

    [RuntimeExport("SystemNative_LStat")]
    private static int StatusOfLink(byte* path, FileStatus* status) => Status(path, status);

    [RuntimeExport("SystemNative_Stat")]
    private static int Status(byte* path, FileStatus* status)
    {
        if (path[0] != (byte)'/' || path[1] != 0)
            return Missing(path);
        *status = new FileStatus { Mode = FolderThatAllRead };
        return 0;
    }

    [RuntimeExport("SystemNative_Open")]
    private static nint Open(byte* path, int flags, int mode) => Missing(path);

    [RuntimeExport("SystemNative_ReadLink")]
    private static int ReadLink(byte* path, byte* buffer, int length) => Missing(path);

    [RuntimeExport("SystemNative_Unlink")]
    private static int Unlink(byte* path) => Missing(path);

    [RuntimeExport("SystemNative_OpenDir")]
    private static byte* OpenFolder(byte* path)
    {
        Missing(path);
        return null;
    }

    [RuntimeExport("SystemNative_GetCwd")]
    private static byte* CurrentFolder(byte* buffer, int length)
    {
        if (length < Root.Length)
            return null;
        Root.CopyTo(new Span<byte>(buffer, length));
        return buffer;
    }

    [RuntimeExport("SystemNative_ConvertErrorPlatformToPal")]
    private static int ToCoreLib(int error) => error switch
    {
        0 => 0,
        NoEntry => NoEntryOfCoreLib,
        _ => OtherOfCoreLib,
    };

    [RuntimeExport("SystemNative_ConvertErrorPalToPlatform")]
    private static int FromCoreLib(int error) => error == NoEntryOfCoreLib ? NoEntry : error;

    [RuntimeExport("SystemNative_StrErrorR")]
    private static byte* Describe(int error, byte* buffer, int length)
    {
        ReadOnlySpan<byte> text = error == NoEntry ? "No such file\0"u8 : "Error\0"u8;
        if (length < text.Length)
            return null;
        text.CopyTo(new Span<byte>(buffer, length));
        return buffer;
    }

    private static int Missing(byte* path)
    {
        _ = path;
        SystemNative.SetError(NoEntry);
        return -1;
    }

    // CoreLib's Interop.Sys.FileStatus: of its fields only the mode is not zero here.
    [StructLayout(LayoutKind.Sequential, Size = 120)]
    private struct FileStatus
    {
        internal int Flags;
        internal int Mode;
    }
}
