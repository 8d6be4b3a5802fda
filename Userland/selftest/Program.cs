using System;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Selftest;

/// <summary>
/// Holds the kernel to docs/abi.md: every system call, every error that it can give, every kind of
/// memory to point at. Not a demo; a test runs it.
/// </summary>
/// <remarks>
/// One error of the document can only be brought about in a kernel that is made to run out of
/// memory (ShortageChecks): 0x40 of MEM_FREE, since a page that goes leaves room for the record of
/// the rest.
/// </remarks>
internal static unsafe class Program
{
    internal const ulong ExitData = 0x0123_4567_89AB_CDEF;
    private const ulong OddSeed = 0x5EED_1000_0001;

    private static int Main(string[] args) => args switch
    {
        [] => RunAll(),
        ["spin"] => Spin(),
        ["exit"] => Exit(),
        ["fault"] => Fault(),
        ["hold"] => RegisterChecks.Hold(OddSeed) ? 0 : 1,
        ["thread-pointer"] => SetThreadPointer(),
        ["peer", string one, string id] => Peer.Run(Enum.Parse<PeerCase>(one), Named(id)),
        ["giver", string id, string heir] => Peer.Give(Named(id), Numbered(heir)),
        ["leaver"] => Told.Leave(),
        ["taker"] => StrangerChecks.Take(),
        ["stranger", string shut, string open] => StrangerChecks.Give(
            Numbered(shut), Numbered(open)),
        ["swap"] => Swap.Run(),
        ["copier", string id] => Descent.Copy(Named(id)),
        ["passer", string id] => Descent.Pass(Named(id)),
        ["heir", string id] => Peer.Inherit(Named(id)),
        ["orders", string rounds] => Orders.Run(rounds),
        ["holder", string id, string number] => Orders.Hold(Named(id), number),
        ["drive", string id] => DeviceChecks.Drive(id),
        ["confined"] => Confined.Run(),
        ["told", string signal] => Confined.ListenFor(Enum.Parse<SignalCode>(signal)),
        ["limited", string place] => Limited.Run(
            int.Parse(place, System.Globalization.CultureInfo.InvariantCulture)),
        ["bomb"] => Limited.Bomb(),
        ["dig"] => Confined.Dig(),
        ["two-jobs"] => Confined.MakeTwo(),
        ["rest"] => Rest(),
        ["charges"] => ChargeChecks.Run(),
        ["charged", string id] => ChargeChecks.Try(Named(id)),
        ["stay"] => AuditAttack.Stay(),
        ["shortage", "off"] => new ShortageChecks(new Workbench()).SwitchOff(),
        ["shortage", string density] => new ShortageChecks(new Workbench()).Run(ulong.Parse(
            density, System.Globalization.CultureInfo.InvariantCulture)),
        ["attack", "log"] => new HeapAttacks().ReadLog(),
        ["attack", "segments", string copies] => new HeapAttacks().MakeSegments(copies),
        ["attack", "audits"] => new AuditAttack().Run(),
        ["attack", "busy"] => new AuditAttack().RunBesideBusy(),
        ["attack", "hoards"] => new Hoards().RunAll(),
        ["attack", "hoard", string kind] => new Hoards().Run(kind),
        ["exit-thread"] => ThreadChecks.ExitLast(),
        ["selectors"] => ProcessorChecks.ReadSelectors(),
        _ => throw new ArgumentException($"no such mode: {args[0]}"),
    };

    private static int RunAll()
    {
        Workbench bench = new();
        Action[] groups =
        [
            new BlockChecks(bench).Run,
            new BufferChecks(bench).Run,
            new MemoryChecks(bench).Run,
            new ProcessChecks(bench).Run,
            new SignalChecks(bench).Run,
            new WordChecks(bench).Run,
            new ThreadChecks(bench).Run,
            new ListChecks(bench).Run,
            new JobChecks(bench).Run,
            new LimitChecks(bench).Run,
            new SegmentChecks(bench).Run,
            new SharingChecks(bench).Run,
            new StrangerChecks(bench).Run,
            new BackedChecks(bench).Run,
            new DeviceChecks(bench).Run,
            new CopyChecks(bench).Run,
            new CopySegmentChecks(bench).Run,
            new CopyPartsChecks(bench).Run,
            new ExhaustionChecks(bench).Run,
            new RegisterChecks(bench).Run,
            new ProcessorChecks(bench).Run,
            new ShareChecks(bench).Run,
        ];
        foreach (Action run in groups)
        {
            run();
            bench.Checks.PrintFailures();
        }
        bench.Checks.That($"registers are kept by every call ({bench.Caller.FirstLoss})",
            bench.Caller.FirstLoss is null);
        return bench.Checks.Print();
    }

    private static SegmentId Named(string text) =>
        SegmentId.TryParse(text, out SegmentId id) ? id : default;

    private static ProcessId Numbered(string text) =>
        ProcessId.TryParse(text, out ProcessId id) ? id : default;

    private static int Spin()
    {
        while (true)
        {
            // Until somebody ends this process.
        }
    }

    private static int Rest()
    {
        while (true)
            Clock.Sleep(uint.MaxValue);
    }

    private static int Exit()
    {
        Process.Exit((long)ExitData);
        return 1;
    }

    private static int Fault()
    {
        Trespass.Read(new Address(0x1000));
        return 1;
    }

    // What stands where FS then points becomes the exit data.
    private static int SetThreadPointer()
    {
        ulong place = Memory.Allocate(Memory.PageBytes).Start.Value;
        *(ulong*)place = ExitData;
        Caller set = new Caller().Begin(SyscallCode.SetThreadPointer).Put(place);
        Caller handOver = new Caller().Begin(SyscallCode.HandOver);
        Caller exit = new Caller().Begin(SyscallCode.Exit).Put(0);
        // Safe: blocks lie in pages of their own.
        fixed (byte* setBlock = set.Block, handOverBlock = handOver.Block, exitBlock = exit.Block)
            Processor.ExitByThreadPointer(setBlock, handOverBlock, exitBlock);
        return 1;
    }
}
