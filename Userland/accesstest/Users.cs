using System;
using System.Globalization;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Accesstest;

/// <summary>What a child does with a device that it is given.</summary>
internal static class Users
{
    private const uint Patience = 10_000;

    private static ulong _place;
    private static ulong _seen;
    private static ulong _given;
    private static int _told;

    /// <summary>Does what the first argument says.</summary>
    /// <returns>The exit code, if it comes to that.</returns>
    internal static int Run(string[] args)
    {
        ulong number = args.Length < 3 ? 0 : ulong.Parse(args[2], CultureInfo.InvariantCulture);
        return args[0] switch
        {
            "use" => Use(Open(args[1])),
            "load" => Load(Open(args[1]), number),
            "store" => Store(Open(args[1]), number),
            "told" => BeTold(Open(args[1]), number),
            "half" => StoreHalf(Open(args[1])),
            "unknown" => UseUnknown(Open(args[1]), number),
            "read-only" => Store(Open(args[1], MappingRights.Read), 0),
            "interrupted" => BeInterrupted(args[1]),
            "wait" => LoadWhatIsGiven(number: Device.Ends),
            "serve" => Serve(new ProcessId(ulong.Parse(args[1], CultureInfo.InvariantCulture))),
            _ => throw new ArgumentException($"no such mode: {args[0]}"),
        };
    }

    private static int Use(ulong place)
    {
        Checks checks = new($"{Program.Name} as a child");
        new AccessChecks(checks, place).Run();
        return checks.Print() == 0 ? Program.Right : Program.Wrong;
    }

    private static int Load(ulong place, ulong page)
    {
        ulong offset = (page * Memory.PageBytes) + 24;
        return Cells.Load64(place + offset) == Device.Word(offset)
            ? Program.Right
            : Program.Wrong;
    }

    private static int Store(ulong place, ulong page)
    {
        Cells.Store64(place + (page * Memory.PageBytes), 1);
        return Program.Right;
    }

    private static int BeTold(ulong place, ulong page)
    {
        _place = place + (page * Memory.PageBytes);
        Signals.MemoryFault += static (address, access) => Process.Exit(
            address.Value == _place && access == FaultKind.Write ? Program.Right : Program.Wrong);
        Cells.Store16(_place, 1);
        return Program.Wrong;
    }

    // The fault is of the half that is not there.
    private static int StoreHalf(ulong place)
    {
        _place = place + (Device.Half * Memory.PageBytes);
        ulong own = Memory.Allocate(Memory.PageBytes).Start.Value;
        Signals.MemoryFault += static (address, access) => Process.Exit(
            address.Value == _place + 8 && access == FaultKind.Write
                ? Program.Right
                : Program.Wrong);
        Uses.StoreVector(_place, own);
        return Program.Wrong;
    }

    private static int UseUnknown(ulong place, ulong number)
    {
        if (number == 0)
            Uses.LoadFloat(place);
        else
            Uses.AddDouble(place);
        return Program.Wrong;
    }

    // While the device is at a store, another signal comes, whose handler uses the device too.
    private static int BeInterrupted(string id)
    {
        _place = Open(id);
        SegmentId.TryParse(id, out SegmentId device);
        _given = device.Value;
        Cells.Store64(_place, 42);
        Signals.Handle(SignalCode.RecvSharedAms, static signal =>
        {
            // The device itself was given to this process too.
            if (signal.Second == _given)
                return;
            _told++;
            _seen = Cells.Load64(_place);
        });
        Cells.Store64(_place + (Device.Interrupts * Memory.PageBytes), 7);
        return _told == 1 && _seen == 42 ? Program.Right : Program.Wrong;
    }

    private static int LoadWhatIsGiven(ulong number)
    {
        Signals.Handle(SignalCode.RecvSharedAms, static signal => _given = signal.Second);
        while (_given == 0)
            Clock.Sleep(1);
        ulong place = Segment.Open(new SegmentId(_given), Patience).Map().Start.Value;
        Cells.Store64(place, 5);
        if (Cells.Load64(place) != 5)
            return Program.Wrong;
        return Load(place, number);
    }

    private static int Serve(ProcessId user)
    {
        Device.Start();
        Device.Segment.Share(user, SharingMode.Read | SharingMode.Write);
        Clock.Sleep(Patience);
        return Program.Wrong;
    }

    private static ulong Open(string id, MappingRights rights = MappingRights.ReadWrite) =>
        SegmentId.TryParse(id, out SegmentId segment)
            ? Segment.Open(segment, Patience).Map(rights).Start.Value
            : throw new ArgumentException($"no number of a segment: {id}");
}
