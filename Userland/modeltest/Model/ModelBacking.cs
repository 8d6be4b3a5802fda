using MemOS.Abi;
using MemOS.Modeltest.Peers;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>How a segment comes to have pages, or answers accesses.</summary>
/// <param name="backer">Who made it, and serves it for good.</param>
/// <param name="segment">Its number.</param>
/// <param name="mode">What the backer does.</param>
internal sealed class ModelBacking(ModelProcess backer, ulong segment, BackingMode mode)
{
    internal BackingMode Mode => mode;

    internal bool IsOfAccesses => mode == BackingMode.Accesses;

    /// <summary>Whether the backer is told of such an access.</summary>
    internal bool IsTold(MemoryRights access) =>
        !backer.HasEnded && backer.Signals.IsHandled(
            IsOfAccesses && access == MemoryRights.Write
                ? SignalCode.WriteBackedAms
                : SignalCode.ReadBackedAms);

    /// <summary>Whether an access comes to something, when the page is not there.</summary>
    internal bool IsServed(ulong page, MemoryRights access) =>
        IsTold(access) && Supplies.AnswerFor(page) == BackerAnswer.Done;

    /// <summary>A page as it is supplied.</summary>
    internal ModelPage Supply(ulong page)
    {
        ModelPage content = new();
        for (int word = 0; word < Box.Words; word++)
            content[word] = Supplies.Word(backer.Number, segment, page, word);
        return content;
    }

    /// <summary>A page has been asked for, once.</summary>
    internal void ExpectPage(ulong page, MemoryRights access) => Expect(
        new Signal(
            SignalCode.ReadBackedAms, segment, page * World.Page,
            access == MemoryRights.Execute ? 1u : 0, 0));

    /// <summary>These were asked, in this order, and nothing since the last time.</summary>
    internal void Expect(params Signal[] requests)
    {
        Peer peer = backer.Peer;
        foreach (Signal request in requests)
        {
            Signal come = peer.Request(backer.Requests++);
            if (come != request)
                Check.Fail($"{backer.Id} was asked {come}, not {request}");
        }
        ExpectNothing();
    }

    /// <summary>Nothing was asked since the last time.</summary>
    internal void ExpectNothing()
    {
        if (!backer.HasEnded)
            Check.Equal($"requests to {backer.Id}", backer.Requests, backer.Peer.Requests);
    }

    /// <summary>A load of one of the words that are looked at.</summary>
    internal Signal Load(ulong page, int word) => new(
        SignalCode.ReadBackedAms, segment, World.OffsetOf(page, word),
        sizeof(ulong) << BytesPosition, 0);

    /// <summary>A store to one of them.</summary>
    internal Signal Store(ulong page, int word, ulong value) => new(
        SignalCode.WriteBackedAms, segment, World.OffsetOf(page, word), sizeof(ulong), value);

    private const int BytesPosition = 8;
}
