using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Syscalls;

namespace MemOS.Modeltest.Peers;

/// <summary>
/// A process of the model, as it is: does what the driver says, with its own memory and rights.
/// </summary>
/// <remarks>
/// It allocates nothing after its start, so that all it ever had is what it was told to get.
/// </remarks>
internal static unsafe class PeerLoop
{
    private const uint Patience = 60_000;
    private const int LastWord = (Memory.PageBytes / sizeof(ulong)) - 1;

    // A request for a page has less as its third word: no bytes.
    private const ulong FirstLoad = 1 << 8;

    // Both are a copy's own.
    private static Box* _box;
    private static uint _done;

    // What it supplies to others, and whose marks are in it.
    private static ulong* _supply;
    private static uint _number;

    /// <summary>Carries out orders until it is told to end, or is ended.</summary>
    internal static int Run(SegmentId id)
    {
        _supply = (ulong*)Memory.Allocate(Memory.PageBytes).Start.Value;
        Open(id);
        while (true)
        {
            while (Volatile.Read(ref _box->Order) == _done)
                MemoryWord.Wait(Address.Of(&_box->Order), _done);
            _done++;
            CarryOut();
            Volatile.Write(ref _box->Answer, _done);
            MemoryWord.Wake(Address.Of(&_box->Answer));
        }
    }

    // Safe: the driver keeps the page as long as this process runs.
    private static void Open(SegmentId id)
    {
        _box = (Box*)Segment.Open(id, Patience).Map().Start.Value;
        _done = 0;
    }

    private static void Copy(SegmentId id)
    {
        const ulong InCopy = 1;
        SyscallResult result = Syscall.Invoke(in *(AnyBlock*)_box->Block);
        if (result.Error == ErrorCode.None && result.Value1 == InCopy)
            Open(id);
        else
            _box->Result = result;
    }

    // Unsafe in every sense: the driver knows what may be touched, or wants to see the fault.
    private static void CarryOut()
    {
        Address at = new(_box->Address);
        switch (_box->Kind)
        {
            case OrderKind.Call:
                _box->Result = Syscall.Invoke(in *(AnyBlock*)_box->Block);
                break;
            case OrderKind.Write:
                Volatile.Write(ref *(ulong*)at.Value, _box->Value);
                Look(at);
                break;
            case OrderKind.Read:
                Look(at);
                break;
            case OrderKind.Run:
                Trespass.Execute(at);
                break;
            case OrderKind.ReadFault:
                Trespass.Read(at);
                break;
            case OrderKind.WriteFault:
                Trespass.Write(at);
                break;
            case OrderKind.Listen:
                Signals.Handle((SignalCode)_box->Value, Keep);
                break;
            case OrderKind.Serve:
                _number = (uint)_box->Address;
                Signals.Serve(SignalCode.ReadBackedAms, Answer);
                Signals.Serve(SignalCode.WriteBackedAms, Answer);
                break;
            case OrderKind.StartThread:
                StartWaiter(&_box->Thread0 + _box->Value);
                break;
            case OrderKind.Hoard:
                Hoard.Take(_box->Value);
                break;
            case OrderKind.Release:
                Hoard.ReturnAll();
                break;
            case OrderKind.Copy:
                Copy(new(_box->Value));
                break;
            default:
                Process.Exit((long)_box->Value);
                break;
        }
    }

    [RuntimeImport("*", "ModeltestStartWaiter")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong StartWaiter(byte* create, ThreadPlace* place);

    private static void StartWaiter(ThreadPlace* place)
    {
        *(ulong*)(place->Wake + sizeof(SyscallCode)) = (ulong)&place->State;
        _box->Value = StartWaiter(_box->Block, place);
    }

    private static void Look(Address at)
    {
        ulong* page = (ulong*)(at.Value & ~(ulong)(Memory.PageBytes - 1));
        _box->Seen[0] = Volatile.Read(ref page[0]);
        _box->Seen[1] = Volatile.Read(ref page[LastWord]);
    }

    private static SignalAnswer Answer(Signal signal)
    {
        ulong place = _box->RequestsCome % Box.Requests * Box.SignalWords;
        Put(signal, _box->RequestLog + place);
        _box->RequestsCome++;
        ulong page = signal.Second / Memory.PageBytes;
        int word = signal.Second % Memory.PageBytes == 0 ? 0 : 1;
        ulong value = Supplies.Word(_number, signal.First, page, word);
        bool isForPage = signal.Code == SignalCode.ReadBackedAms && signal.Third < FirstLoad;
        if (!isForPage)
            return new SignalAnswer(Supplies.AnswerFor(page), value);
        _supply[0] = value;
        _supply[LastWord] = Supplies.Word(_number, signal.First, page, 1);
        return new SignalAnswer(Supplies.AnswerFor(page), (ulong)_supply);
    }

    private static void Keep(Signal signal)
    {
        Put(signal, _box->SignalLog + (_box->SignalsCome % Box.Signals * Box.SignalWords));
        _box->SignalsCome++;
    }

    private static void Put(Signal signal, ulong* log)
    {
        log[0] = (ulong)signal.Code;
        log[1] = signal.First;
        log[2] = signal.Second;
        log[3] = signal.Third;
        log[4] = signal.Fourth;
    }
}
