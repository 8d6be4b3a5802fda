using MemOS.Abi;
using MemOS.Modeltest.Peers;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>
/// A time in which one process has nearly all memory: calls may fail for want of it, and must have
/// changed nothing then.
/// </summary>
internal static class Hunger
{
    private static Peer? _hoarder;
    private static Segment? _box;
    private static int _stepsLeft;

    /// <summary>Whether there is too little memory.</summary>
    internal static bool IsOn { get; private set; }

    /// <summary>Takes all memory but some pages, for some steps.</summary>
    internal static void Begin(ulong pagesLeft, int steps)
    {
        _hoarder ??= Peer.Start();
        _box ??= Peer.MakeBox();
        // Finding out takes memory, the first time.
        _ = Processor.ReadsCode;
        _ = _hoarder.IsListed;
        HeapReserve.Fill();
        _hoarder.Do(OrderKind.Hoard, 0, pagesLeft);
        IsOn = true;
        _stepsLeft = steps;
    }

    /// <summary>One step of it has passed.</summary>
    internal static void Spend()
    {
        if (IsOn && _stepsLeft-- == 0)
            End();
    }

    /// <summary>Gives the memory back, if it was taken.</summary>
    internal static void End()
    {
        if (!IsOn)
            return;
        IsOn = false;
        _hoarder!.Do(OrderKind.Release, 0, 0);
    }

    /// <summary>Ends the process that takes it, so that nothing is left of it.</summary>
    internal static void Stop()
    {
        IsOn = false;
        if (_hoarder is null)
            return;
        Process.Kill(_hoarder.Id);
        _hoarder.Forget();
        _hoarder = null;
        _box?.Dispose();
        _box = null;
    }

    /// <summary>A page that was got before.</summary>
    internal static Segment TakeBox()
    {
        Segment box = _box ?? Peer.MakeBox();
        _box = null;
        return box;
    }

    /// <summary>Gives it back unused.</summary>
    internal static void ReturnBox(Segment box) => _box = box;

    /// <summary>Whether a call may find no memory now.</summary>
    /// <param name="code">Which.</param>
    /// <param name="supplier">Who has to supply memory that it uses, if anybody has.</param>
    internal static bool Allows(SyscallCode code, ModelBacking? supplier) => IsOn
        && (supplier is not null || code is SyscallCode.MemAlloc or SyscallCode.VirtMemAms
            or SyscallCode.BackedAms or SyscallCode.ShareAms or SyscallCode.MapAms
            or SyscallCode.DeviceAms or SyscallCode.CreateThread or SyscallCode.CreateProcess);
}
