using System;
using System.Runtime.InteropServices;

namespace MemOS.Tests.Host.Instructions.Processor;

/// <summary>Memory of this process below 2 GB, so that 32 bits of an address reach it.</summary>
internal sealed unsafe partial class LowMemory : IDisposable
{
    private const int ReadWriteExecute = 7;
    private const int PrivateAnonymousLow = 0x02 | 0x20 | 0x40;

    private readonly nint _start;
    private readonly int _bytes;

    internal LowMemory(int bytes)
    {
        _bytes = bytes;
        _start = Map(0, (nuint)bytes, ReadWriteExecute, PrivateAnonymousLow, -1, 0);
        Assert.NotEqual(-1, _start);
    }

    internal ulong Start => (ulong)_start;

    internal Span<byte> Bytes => new((void*)_start, _bytes);

    public void Dispose() => Assert.Equal(0, Unmap(_start, (nuint)_bytes));

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(
        nint address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint bytes);
}
