using System.Threading;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

namespace MemOS.Modeltest.Peers;

/// <summary>The driver's end of a peer.</summary>
internal sealed unsafe class Peer
{
    private const uint LookAfter = 100;

    private readonly Segment _segment;
    private readonly Box* _box;
    private int _length;
    private uint _signalsSeen;

    private Peer(Segment segment, ProcessId id)
    {
        _segment = segment;
        // Safe: the page is the segment's as long as this object says so.
        _box = (Box*)segment.Original!.Start.Value;
        Id = id;
    }

    internal ProcessId Id { get; }

    /// <summary>The first value of the last call.</summary>
    internal ulong Value => _box->Result.Value0;

    /// <summary>All of the last call.</summary>
    internal SyscallResult Result => _box->Result;

    /// <summary>Starts one.</summary>
    internal static Peer Start()
    {
        Segment segment = Segment.Capture(Memory.Allocate(Memory.PageBytes));
        ProcessId id = Process.Spawn("modeltest", "peer", segment.Id.ToString());
        // Without notice: the peer's signals are the model's.
        ErrorCode error = segment.TryShare(
            id, SharingMode.Read | SharingMode.Write, 0, ShareNotice.None);
        Check.Equal("the box is shared", ErrorCode.None, error);
        return new Peer(segment, id);
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
        for (int i = 0; i < bytes; i++)
            _box->Block[_length++] = (byte)(value >> (8 * i));
        return this;
    }

    /// <summary>Has the peer make the call.</summary>
    internal ErrorCode Send()
    {
        Do(OrderKind.Call, 0, 0);
        ErrorCode error = _box->Result.Error;
        Outcomes.Add((SyscallCode)_box->Block[0], error);
        return error;
    }

    /// <summary>One of the words that the peer saw in a page.</summary>
    internal ulong Seen(int word) => _box->Seen[word];

    /// <summary>Gives an order and waits until it is carried out.</summary>
    internal void Do(OrderKind kind, ulong address, ulong value)
    {
        uint order = Give(kind, address, value);
        while (Volatile.Read(ref _box->Answer) != order)
        {
            bool isWoken = MemoryWord.Wait(
                Address.Of(&_box->Answer), order - 1, LookAfter);
            if (!isWoken && Process.TryWait(Id, 0, out ProcessEnd end))
                Check.Fail($"{kind} at {new Address(address)}: the process has {end}");
        }
    }

    /// <summary>Gives an order that ends the peer, and waits for that.</summary>
    internal ProcessEnd DoLast(OrderKind kind, ulong address, ulong value)
    {
        uint order = Give(kind, address, value);
        ProcessEnd end;
        while (!Process.TryWait(Id, (ushort)LookAfter, out end))
        {
            if (Volatile.Read(ref _box->Answer) == order)
                Check.Fail($"{kind} at {new Address(address)} does not end the process");
        }
        return end;
    }

    /// <summary>Takes the next signal that came; false if no more did.</summary>
    internal bool TryTakeSignal(out Signal signal)
    {
        signal = default;
        if (_signalsSeen == _box->SignalsCome)
            return false;
        ulong* log = _box->SignalLog + (_signalsSeen++ % Box.Signals * Box.SignalWords);
        signal = new Signal((SignalCode)log[0], log[1], log[2], log[3], log[4]);
        return true;
    }

    private uint Give(OrderKind kind, ulong address, ulong value)
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
}
