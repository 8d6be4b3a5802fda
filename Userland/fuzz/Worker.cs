using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Fuzz;

/// <summary>
/// Makes calls until it has made enough or one of them was its end. It allocates nothing once it
/// has begun, and takes nothing for granted: what it frees may be its own heap.
/// </summary>
internal sealed unsafe class Worker
{
    private const ulong UsualFlags = 0x202;

    // CF PF AF ZF SF DF OF AC ID: all that a program may set but NT and the trap flag.
    private const ulong AllFlags = 0x24_0CD5;
    private const int CallsOfCopy = 40;
    private const int BlockAt = 1024;

    private static readonly byte[] _name = "fuzz"u8.ToArray();

    private readonly Board _board;
    private readonly Values _values;
    private readonly int _slot;
    private readonly Registers* _registers;
    private readonly byte* _block;
    private readonly ulong _grounds;
    private readonly Shapes.Shape[] _shapes;
    private readonly Shapes.Shape[] _wheel;
    private Chance _chance;
    private int _length;
    private bool _isCopy;

    internal Worker(Board board, int slot, ulong seed)
    {
        _board = board;
        _slot = slot;
        _chance = new Chance(seed);
        _shapes = Shapes.All;
        _wheel = MakeWheel(_shapes);
        // Safe, here and below: the page is kept, unless a call frees it; then the process ends.
        byte* page = (byte*)Memory.Allocate(Memory.PageBytes).Start.Value;
        _registers = (Registers*)page;
        _block = page + BlockAt;
        _grounds = Memory.Allocate(16 * Memory.PageBytes).Start.Value;
        _name.CopyTo(new Span<byte>((byte*)_grounds, _name.Length));
        _values = new Values(board, Process.Id.Value, _grounds);
        HostileCall.SetAnswer(_grounds);
    }

    /// <summary>Makes so many calls.</summary>
    internal void Run(int calls)
    {
        while (calls-- > 0)
        {
            // What has an end of its own would be made for ever by copies of copies.
            Shapes.Shape shape = _wheel[_chance.Below(_wheel.Length)];
            if (_isCopy && shape.Code == SyscallCode.CreateProcess)
                continue;
            Compose(shape);
            SetRegisters();
            _board.Count(_slot);
            HostileCall.Make(_registers, _block[0]);
            Learn();
            if (IsNewCopy())
            {
                _isCopy = true;
                _chance = new Chance(_chance.Next() ^ 0xC0FFEE);
                calls = CallsOfCopy;
            }
            if (_chance.OneIn(64))
                Touch();
        }
    }

    private static Shapes.Shape[] MakeWheel(Shapes.Shape[] shapes)
    {
        int sum = 0;
        foreach (Shapes.Shape shape in shapes)
            sum += shape.Weight;
        Shapes.Shape[] wheel = new Shapes.Shape[sum];
        foreach (Shapes.Shape shape in shapes)
        {
            for (int i = 0; i < shape.Weight; i++)
                wheel[--sum] = shape;
        }
        return wheel;
    }

    private void Compose(Shapes.Shape shape)
    {
        _length = 0;
        Put((ulong)shape.Code, sizeof(byte));
        foreach (Argument argument in shape.Arguments)
            Put(argument);
        // Now and then it is something else's block, or cut short by what was there before.
        if (_chance.OneIn(50))
            _block[1 + _chance.Below(SyscallConvention.LongestBlock - 1)] ^= (byte)_chance.Next();
        LimitTime(shape);
        if (shape.Code == SyscallCode.Shutdown)
            _block[1] |= 2;
    }

    private void Put(Argument argument)
    {
        switch (argument)
        {
            case Argument.Kind or Argument.NoMode:
                Put(_chance.OneIn(8) ? _chance.Next() : (ulong)_chance.Below(10), sizeof(byte));
                break;
            case Argument.Short:
                Put(_chance.Next(), sizeof(ushort));
                break;
            case Argument.Word:
                Put(_chance.OneIn(2) ? 0 : _chance.Next(), sizeof(uint));
                break;
            case Argument.ShortTime:
                Put((ulong)_chance.Below(3), sizeof(ushort));
                break;
            case Argument.Time:
                Put((ulong)_chance.Below(3), sizeof(uint));
                break;
            default:
                PutLong(argument);
                break;
        }
    }

    private void PutLong(Argument argument)
    {
        switch (argument)
        {
            case Argument.Buffer:
                Put(_values.Address(ref _chance), sizeof(ulong));
                Put(Values.Bytes(ref _chance), sizeof(ulong));
                break;
            case Argument.Name:
                Put(_chance.OneIn(4) ? _values.Address(ref _chance) : _grounds, sizeof(ulong));
                Put((ulong)_name.Length, sizeof(ulong));
                break;
            case Argument.NoText:
                Put(Values.Edge(ref _chance) | (1ul << 63), sizeof(ulong));
                Put((ulong)_chance.Below(2), sizeof(ulong));
                break;
            default:
                Put(Single(argument), sizeof(ulong));
                break;
        }
    }

    private ulong Single(Argument argument) => argument switch
    {
        Argument.Address => _values.Address(ref _chance),
        Argument.Bytes => Values.Bytes(ref _chance),
        Argument.Pages => Values.Bytes(ref _chance) / Memory.PageBytes,
        Argument.Segment => _values.Segment(ref _chance),
        Argument.Process => _values.Process(ref _chance),
        Argument.Job => _values.Job(ref _chance),
        Argument.Handler => _chance.OneIn(6)
            ? _values.Address(ref _chance)
            : HostileCall.Handler(),
        Argument.Stack => _values.Address(ref _chance) & ~0xFul,
        _ => Values.Edge(ref _chance),
    };

    private void Put(ulong value, int bytes)
    {
        for (int i = 0; i < bytes; i++)
            _block[_length++] = (byte)(value >> (8 * i));
    }

    // The last argument; whatever was changed, it is soon over: nobody ends a copy that waits.
    private void LimitTime(Shapes.Shape shape)
    {
        int bytes = shape.Arguments is [.., Argument last] ? Length(last) : 0;
        for (int i = 1; i < bytes; i++)
            _block[_length - bytes + i] = 0;

        static int Length(Argument last) => last switch
        {
            Argument.ShortTime => sizeof(ushort),
            Argument.Time => sizeof(uint),
            _ => 0,
        };
    }

    private void SetRegisters()
    {
        for (int i = 0; i < Registers.Count; i++)
            _registers->General[i] = Values.Edge(ref _chance);
        _registers->Flags = UsualFlags | (_chance.OneIn(3) ? _chance.Next() & AllFlags : 0);
        // Now and then nothing is as it should be.
        if (_chance.OneIn(40))
            return;
        _registers->General[Registers.Rax] = SyscallConvention.Marker;
        _registers->General[Registers.Rdi] = (ulong)_block;
    }

    private bool IsNewCopy() => _block[0] == (byte)SyscallCode.CreateProcess
        && _registers->General[Registers.Rax] == 0 && _registers->General[Registers.Rdi] == 1;

    private void Learn()
    {
        ulong error = _registers->General[Registers.Rax];
        byte code = _block[0];
        if (error > byte.MaxValue)
            return;
        _board.Note(code, (byte)error);
        ulong value = _registers->General[Registers.Rdx];
        if (error != 0)
            return;
        switch ((SyscallCode)code)
        {
            case SyscallCode.MemAlloc or SyscallCode.MapAms:
                _values.AddAddress(ref _chance, value);
                break;
            case SyscallCode.VirtMemAms or SyscallCode.BackedAms or SyscallCode.DeviceAms:
                _values.AddSegment(ref _chance, value);
                break;
            case SyscallCode.CreateJob:
                _values.AddJob(ref _chance, value);
                break;
            case SyscallCode.CreateProcess or SyscallCode.Spawn:
                _values.AddProcess(ref _chance, value);
                break;
            default:
                break;
        }
    }

    // Memory is used too: what is denied ends the process, unless a handler says otherwise.
    private void Touch()
    {
        byte* place = (byte*)_values.Address(ref _chance);
        if (_chance.OneIn(2))
            *place = (byte)_chance.Next();
        else
            _length += *place & 1;
    }
}
