using MemOS.Abi;

namespace MemOS.Backers;

/// <summary>What a backer is asked for; see docs/abi.md, "Segments with a backer".</summary>
/// <param name="Code">ReadBackedAms or WriteBackedAms.</param>
/// <param name="Offset">Where in the segment, in bytes.</param>
/// <param name="Manner">
/// Of a read: 0 to read or 1 to execute, and in bits 8-15 how many bytes, 0 for a page. Of a
/// write: how many bytes.
/// </param>
/// <param name="Data">Of a write: what is stored.</param>
internal readonly record struct BackerRequest(
    SignalCode Code, ulong Offset, ulong Manner, ulong Data)
{
    private const ulong Execution = 1;
    private const int BytesPosition = 8;

    /// <summary>Whether a page is wanted, which serves all who wait for it.</summary>
    internal bool IsForPage =>
        Code == SignalCode.ReadBackedAms && Manner >> BytesPosition == 0;

    /// <summary>A page is wanted, to be read and perhaps written, or to be executed.</summary>
    internal static BackerRequest ForPage(ulong offset, FaultKind use) => new(
        SignalCode.ReadBackedAms, offset, use == FaultKind.Execute ? Execution : 0, 0);

    /// <summary>A load is to be answered.</summary>
    internal static BackerRequest ForLoad(ulong offset, uint bytes) =>
        new(SignalCode.ReadBackedAms, offset, (ulong)bytes << BytesPosition, 0);

    /// <summary>A store is to be done.</summary>
    internal static BackerRequest ForStore(ulong offset, uint bytes, ulong data) =>
        new(SignalCode.WriteBackedAms, offset, bytes, data);
}
