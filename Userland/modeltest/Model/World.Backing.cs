using System;
using MemOS.Abi;
using MemOS.Modeltest.Peers;
using MemOS.Tests.Model;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <content>BACKED_AMS, and what backers are asked.</content>
internal sealed partial class World
{
    // More than any process can map.
    private const ulong LongestBacked = 1ul << 57;

    /// <summary>A process makes a segment that it serves.</summary>
    internal void Back(ModelProcess process, ulong bytes, BackingMode mode)
    {
        if (!process.CanServe)
            Serve(process);
        process.Peer.Begin(SyscallCode.BackedAms).Put(bytes)
            .Put((ulong)mode, sizeof(BackingMode));
        ErrorCode expected = mode > BackingMode.Accesses ? ErrorCode.BadService
            : bytes == 0 || bytes % Page != 0 || bytes >= LongestBacked ? ErrorCode.BadLength
            : ErrorCode.None;
        if (Expect(process, $"BACKED_AMS of {bytes:X}, {mode}", expected) != ErrorCode.None)
            return;
        ulong id = process.Peer.Value;
        ModelSegment segment = new(id, bytes / Page)
        {
            // The same rules: nobody runs, nobody copies it.
            Kind = mode == BackingMode.Accesses ? FrameKind.Device : FrameKind.Writable,
            Backing = new ModelBacking(process, id, mode),
        };
        _segments.Add(segment);
        AddClaim(new ModelClaim(segment, process, ClaimRole.Owner));
    }

    /// <summary>A process answers what it is asked as a backer from now on.</summary>
    internal static void Serve(ModelProcess process)
    {
        process.Peer.Do(OrderKind.Serve, process.Number, 0);
        process.HasServed = true;
        process.Signals.Handle(SignalCode.ReadBackedAms);
        process.Signals.Handle(SignalCode.WriteBackedAms);
    }

    // After an access that is allowed: the page is there now, if its backer supplies it.
    private static void Supply(ModelRegion region, ulong page, MemoryRights access)
    {
        if (region.BackingOf(page) is not { IsOfAccesses: false } backing)
            return;
        ulong index = region.IndexOf(page);
        if (backing.IsTold(access))
            backing.ExpectPage(index, access);
        if (backing.IsServed(index, access))
            region.Segment!.Add(index, backing.Supply(index));
    }

    // A call that uses a page for this.
    private static ErrorCode ExpectForPage(
        ModelProcess process, ulong page, MemoryRights access, FormattableString what,
        ErrorCode expected)
    {
        ModelRegion? region = process.At(page);
        if (region?.Allows(access) != true || region.BackingOf(page) is not { } backing)
            return Expect(process, what, expected);
        ErrorCode actual = Expect(process, what, expected, backing);
        if (actual != ErrorCode.NoMemory)
            Supply(region, page, MemoryRights.Read);
        else
            backing.ExpectPage(region.IndexOf(page), MemoryRights.Read);
        return actual;
    }

    // What is loaded is what it always is, whatever was stored.
    private static void CompareLoads(
        ModelProcess process, ulong page, ModelBacking backing, params Signal[] before)
    {
        ulong index = process.At(page)!.IndexOf(page);
        backing.Expect([.. before, backing.Load(index, 0), backing.Load(index, 1)]);
        ModelPage content = backing.Supply(index);
        for (int word = 0; word < Box.Words; word++)
        {
            Check.Equal($"what {process.Id} loads of {OffsetOf(page, word):X}",
                content[word], process.Peer.Seen(word));
        }
    }

    // What an access was that ends its process, told before that is forgotten.
    private static void ExpectRefusal(ModelProcess process, ulong page, MemoryRights access)
    {
        const ulong OneByte = 1;
        if (process.At(page) is not { } region || !region.Allows(access)
            || region.BackingOf(page) is not { } backing || !backing.IsTold(access))
            return;
        ulong index = region.IndexOf(page);
        if (!backing.IsOfAccesses)
            backing.ExpectPage(index, access);
        else if (access == MemoryRights.Write)
            backing.Expect(backing.Store(index, 0, Mark.Return) with { Third = OneByte });
        else
            backing.Expect(backing.Load(index, 0) with { Third = OneByte << 8 });
    }
}
