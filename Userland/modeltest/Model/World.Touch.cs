using MemOS.Abi;
using MemOS.Modeltest.Peers;

namespace MemOS.Modeltest.Model;

/// <content>What is in memory: by the processor and by the kernel.</content>
internal sealed partial class World
{
    private const ulong LastWord = Page - sizeof(ulong);

    /// <summary>A process reads a page, which it may.</summary>
    internal static void Read(ModelProcess process, ulong page)
    {
        process.Peer.Do(OrderKind.Read, page * Page, 0);
        ModelRegion region = process.At(page)!;
        if (region.Segment?.Backing is { IsOfAccesses: true } backing)
        {
            CompareLoads(process, page, backing);
            return;
        }
        Supply(region, page, MemoryRights.Read);
        Compare(process, region, page, region.Find(page), written: null);
    }

    /// <summary>A process writes one of the words of a page, which it may.</summary>
    internal void Write(ModelProcess process, ulong page, int word)
    {
        ulong mark = Mark.Of(process.Number, ++_marks);
        process.Peer.Do(OrderKind.Write, OffsetOf(page, word), mark);
        ModelRegion region = process.At(page)!;
        if (region.Segment?.Backing is { IsOfAccesses: true } backing)
        {
            CompareLoads(process, page, backing, backing.Store(region.IndexOf(page), word, mark));
            return;
        }
        Supply(region, page, MemoryRights.Write);
        ModelPage? content = region.Find(page);
        if (region.Copies && !region.Own.ContainsKey(page))
        {
            content = content?.Copy();
            if (content is not null)
                region.Own.Add(page, content);
        }
        Compare(process, region, page, content, (word, mark));
    }

    /// <summary>The kernel reads for a process: WAIT_WORD looks at a word and need not wait.
    /// </summary>
    internal static void Probe(ModelProcess process, ulong page, int word, uint difference)
    {
        ErrorCode expected = process.JudgeCall(page, MemoryRights.Read);
        ModelPage? content = expected == ErrorCode.None ? process.At(page)!.Foresee(page) : null;
        if (expected == ErrorCode.None && content is null)
        {
            Read(process, page);
            return;
        }
        uint value = content is null ? 0 : (uint)content[word];
        process.Peer.Begin(SyscallCode.WaitWord).Put(OffsetOf(page, word))
            .Put(value ^ difference, sizeof(uint)).Put(0, sizeof(uint));
        if (expected == ErrorCode.None)
            expected = difference == 0 ? ErrorCode.TimedOut : ErrorCode.WordChanged;
        ExpectForPage(
            process, page, MemoryRights.Read,
            $"WAIT_WORD at {OffsetOf(page, word):X}", expected);
    }

    /// <summary>The kernel writes for a process: FILL_RANDOM; then the process does.</summary>
    internal void Fill(ModelProcess process, ulong page, int word)
    {
        ErrorCode expected = process.JudgeCall(page, MemoryRights.Write);
        process.Peer.Begin(SyscallCode.FillRandom).Put(OffsetOf(page, word))
            .Put(sizeof(ulong));
        ErrorCode actual = ExpectForPage(
            process, page, MemoryRights.Write,
            $"FILL_RANDOM at {OffsetOf(page, word):X}", expected);
        if (actual == ErrorCode.None)
            Write(process, page, word);
    }

    /// <summary>A process calls a page that it may execute and that begins with a return.
    /// </summary>
    internal static void Run(ModelProcess process, ulong page)
    {
        process.Peer.Do(OrderKind.Run, page * Page, 0);
        Supply(process.At(page)!, page, MemoryRights.Execute);
    }

    /// <summary>Where one of the words of a page lies that are looked at, in bytes.</summary>
    internal static ulong OffsetOf(ulong page, int word) =>
        (page * Page) + (word == 0 ? 0 : LastWord);

    // What was never looked at may be what the process left in the frame before.
    private static void Compare(
        ModelProcess process, ModelRegion region, ulong page, ModelPage? content,
        (int Word, ulong Mark)? written)
    {
        bool isNew = content is null;
        content ??= AddContent(region, page, written is not null);
        for (int word = 0; word < Box.Words; word++)
        {
            ulong seen = process.Peer.Seen(word);
            if (written is { } own && own.Word == word)
                content[word] = own.Mark;
            else if (isNew && region.CanBeginWith(seen))
                content[word] = seen;
            if (seen != content[word])
            {
                Check.Fail($"{process.Id} sees {seen:X} at {OffsetOf(page, word):X}, "
                    + $"not {content[word]:X}");
            }
            if (region.Own.ContainsKey(page))
                process.Traces.Add(seen);
        }
    }

    private static ModelPage AddContent(ModelRegion region, ulong page, bool isWritten)
    {
        ModelPage content = new();
        bool isOwn = region.Segment is null || (region.Copies && isWritten);
        if (isOwn)
            region.Own.Add(page, content);
        else
            region.Segment!.Add(region.IndexOf(page), content);
        return content;
    }
}
