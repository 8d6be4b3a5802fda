using System;
using System.Runtime.InteropServices;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

namespace MemOS.Modeltest.Peers;

/// <summary>How a peer came to be.</summary>
internal enum PeerKind
{
    /// <summary>The driver started it.</summary>
    Child,

    /// <summary>It is another peer's child, and a copy of that.</summary>
    Copy,
}

/// <summary>LIST_REGIONS without a buffer.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct ListRegionsBlock(ProcessId process)
{
    private readonly SyscallCode _code = SyscallCode.ListRegions;
    private readonly ulong _process = process.Value;
    private readonly ulong _start;
    private readonly ulong _bytes;
}

/// <summary>LIST_PROCESSES.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly unsafe struct ListProcessesBlock(ProcessRecord* start, ulong bytes)
{
    private readonly SyscallCode _code = SyscallCode.ListProcesses;
    private readonly ulong _start = (ulong)start;
    private readonly ulong _bytes = bytes;
}

/// <summary>The driver's end of a peer.</summary>
internal sealed unsafe partial class Peer
{
    private const int MostListed = 512;

    private static readonly ProcessRecord* _listed = (ProcessRecord*)Memory.Allocate(
        MostListed * (nuint)sizeof(ProcessRecord)).Start.Value;

    /// <summary>Milliseconds after which to look whether a peer still runs.</summary>
    internal const ushort LookAfter = 100;

    private readonly Segment _segment;
    private readonly Box* _box;
    private int _length;
    private uint _signalsSeen;

    private Peer(Segment segment, ProcessId id, PeerKind kind)
    {
        _segment = segment;
        // Safe: the page is the segment's as long as this object says so.
        _box = (Box*)segment.Original!.Start.Value;
        Id = id;
        Kind = kind;
        // Without notice: the peer's signals are the model's.
        ErrorCode error = segment.TryShare(
            id, SharingMode.Read | SharingMode.Write, 0, ShareNotice.None);
        Check.Equal("the box is shared", ErrorCode.None, error);
    }

    internal ProcessId Id { get; }

    internal PeerKind Kind { get; }

    /// <summary>Whether it has ended, and the driver was told how.</summary>
    internal bool IsWaitedFor { get; private set; }

    /// <summary>How many orders it was given.</summary>
    internal uint Orders => _box->Order;

    /// <summary>Whether there is such a process that has not ended.</summary>
    // By a list of its regions that has room for none: that allocates nothing.
    internal bool IsRunning => Syscall.Invoke(new ListRegionsBlock(Id)).Error == ErrorCode.None;

    /// <summary>
    /// Whether it still has something to give back: its end is not told to an orphan's driver, and
    /// goes on for a while when it runs no more.
    /// </summary>
    internal bool IsListed
    {
        get
        {
            SyscallResult result = Syscall.Invoke(new ListProcessesBlock(
                _listed, MostListed * (ulong)sizeof(ProcessRecord)));
            Check.Equal("LIST_PROCESSES", ErrorCode.None, result.Error);
            if (result.Value0 > MostListed)
                Check.Fail($"there are {result.Value0} processes");
            // Safe: the kernel filled so many records.
            ReadOnlySpan<ProcessRecord> all = new(_listed, (int)result.Value0);
            foreach (ref readonly ProcessRecord one in all)
            {
                if (one.Id == Id.Value)
                    return true;
            }
            return false;
        }
    }

    /// <summary>The last call.</summary>
    internal SyscallCode Call => (SyscallCode)_box->Block[0];

    /// <summary>The first value of the last call.</summary>
    internal ulong Value => _box->Result.Value0;

    /// <summary>All of the last call.</summary>
    internal SyscallResult Result => _box->Result;

    /// <summary>How often it was asked as a backer.</summary>
    internal ulong Requests => _box->RequestsCome;

    /// <summary>Starts one.</summary>
    /// <param name="devices">What it may drive.</param>
    internal static Peer Start(params DeviceId[] devices)
    {
        Segment segment = MakeBox();
        ProcessId id = Process.Spawn(
            "modeltest", ["peer", segment.Id.ToString()], Process.OwnPriority, devices);
        return new Peer(segment, id, PeerKind.Child);
    }

    /// <summary>Has it make a copy of itself.</summary>
    /// <param name="segment">A page, which is the copy's box.</param>
    internal ErrorCode TryCopy(Segment segment)
    {
        Begin(SyscallCode.CreateProcess).Put(0);
        Do(OrderKind.Copy, 0, segment.Id.Value);
        Outcomes.Add(SyscallCode.CreateProcess, Result.Error);
        return Result.Error;
    }

    /// <summary>The copy that it has just made.</summary>
    internal Peer OpenCopy(Segment segment)
    {
        Peer copy = new(segment, new(Value), PeerKind.Copy);
        // Until it has answered once it would keep its signals in the wrong box.
        ErrorCode error = copy.Begin(SyscallCode.GetPid).Send();
        Check.Equal("GET_PID", ErrorCode.None, error);
        Check.Equal("the copy's number", copy.Id.Value, copy.Value);
        return copy;
    }

    /// <summary>It has ended: nothing is left of it.</summary>
    internal void Forget() => _segment.Dispose();

    /// <summary>Begins a call.</summary>
    internal Peer Begin(SyscallCode code)
    {
        _length = 0;
        return Put((ulong)code, sizeof(SyscallCode));
    }

    /// <summary>Adds an argument of eight bytes.</summary>
    internal Peer Put(ulong value) => Put(value, sizeof(ulong));

    /// <summary>Adds an argument.</summary>
    internal Peer Put(ulong value, int bytes)
    {
        Put(_box->Block + _length, value, bytes);
        _length += bytes;
        return this;
    }

    /// <summary>Has the peer make the call.</summary>
    internal ErrorCode Send()
    {
        Do(OrderKind.Call, 0, 0);
        ErrorCode error = _box->Result.Error;
        Outcomes.Add(Call, error);
        return error;
    }

    /// <summary>One of the words that the peer saw in a page.</summary>
    internal ulong Seen(int word) => _box->Seen[word];

    /// <summary>Gives an order and waits until it is carried out.</summary>
    internal void Do(OrderKind kind, ulong address, ulong value)
    {
        uint order = Give(kind, address, value);
        while (!HasDone(order))
        {
            bool isWoken = MemoryWord.Wait(Address.Of(&_box->Answer), order - 1, LookAfter);
            if (!isWoken && !IsRunning)
                Check.Fail($"{kind} at {new Address(address)}: the process has {DescribeEnd()}");
        }
    }

    /// <summary>Gives an order.</summary>
    /// <returns>Its number.</returns>
    internal uint Give(OrderKind kind, ulong address, ulong value)
    {
        Outcomes.Add(kind);
        _box->Kind = kind;
        _box->Address = address;
        _box->Value = value;
        uint order = _box->Order + 1;
        Volatile.Write(ref _box->Order, order);
        MemoryWord.Wake(Address.Of(&_box->Order));
        return order;
    }

    /// <summary>Whether an order was carried out.</summary>
    internal bool HasDone(uint order) => Volatile.Read(ref _box->Answer) == order;

    /// <summary>Takes the next signal that came; false if no more did.</summary>
    internal bool TryTakeSignal(out Signal signal)
    {
        signal = default;
        if (_signalsSeen == _box->SignalsCome)
            return false;
        signal = Take(_box->SignalLog + (_signalsSeen++ % Box.Signals * Box.SignalWords));
        return true;
    }

    /// <summary>What it was asked as a backer; one of the last few.</summary>
    /// <param name="number">Counted from 0.</param>
    internal Signal Request(ulong number) =>
        Take(_box->RequestLog + (number % Box.Requests * Box.SignalWords));

    /// <summary>A page to be a peer's box.</summary>
    internal static Segment MakeBox() => Segment.Capture(Memory.Allocate(Memory.PageBytes));

    private static Signal Take(ulong* log) =>
        new((SignalCode)log[0], log[1], log[2], log[3], log[4]);

    private static byte* Put(byte* to, ulong value, int bytes)
    {
        for (int i = 0; i < bytes; i++)
            to[i] = (byte)(value >> (8 * i));
        return to + bytes;
    }

    private string DescribeEnd()
    {
        IsWaitedFor = true;
        return Kind == PeerKind.Child ? Process.Wait(Id).ToString() : "ended";
    }
}
