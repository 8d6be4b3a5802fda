using System;
using MemOS.Abi;
using MemOS.Devices;
using MemOS.Images;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;

namespace MemOS.Programs;

/// <summary>
/// Makes a program's file into its image, in pieces that are short each: whoever starts the program
/// makes the next one, whoever made those before. Nothing is charged to anybody, as an image stays
/// for all.
/// </summary>
internal sealed class ImageMaker
{
    // About what the steps cost, in instructions.
    private const ulong RelocationCost = 200;
    private const ulong PageCost = 5_000;
    private const ulong EmptyPageCost = 200;
    private const ulong PlaceCost = 20;
    private const ulong DropCost = 500;

    private readonly Program _program;
    private readonly RelocatedWords _words;
    private readonly ProgramSegment[] _segments;
    private Stage _stage;
    private RelocationPosition _position;
    private int _segment;
    private int _page;
    private ErrorCode _error;

    private ImageMaker(Program program, in ElfImage file)
    {
        _program = program;
        _words = new RelocatedWords((int)file.Pages.Value);
        _segments = new ProgramSegment[file.SegmentCount];
    }

    private enum Stage : byte
    {
        Count,
        Place,
        MakeRoom,
        Fill,
        Pages,
        Drop,
    }

    /// <summary>Makes the next piece of a program's image.</summary>
    /// <returns>None, or what keeps the image from being made, ever or now.</returns>
    internal static ErrorCode MakePiece(FrameAllocator<MachineMemory> frames, Program program)
    {
        ImageStatus status = ElfImage.TryParseHeaders(program.File, out ElfImage file);
        if (status != ImageStatus.Good)
        {
            Log.Warn($"{program.Name}: {ImageStatusText.Of(status)}");
            return ErrorCode.BadProgram;
        }
        if (!HeapWindow.TryRaise(HeapFrames(file, program.Maker)))
        {
            if (program.Maker is null)
                return ErrorCode.NoMemory;
            program.Maker.Undo(ErrorCode.NoMemory);
        }
        program.Maker ??= new ImageMaker(program, file);
        return program.Maker.MakePiece(frames, file);
    }

    // What a piece takes of the kernel's heap at most.
    private static ulong HeapFrames(in ElfImage file, ImageMaker? maker)
    {
        const uint Sizes = 8;
        ulong bytes = maker is null
            ? RelocatedWords.HeapBytes(file.Pages)
            : maker._words.HeapBytesForWords + (file.Pages.Value * sizeof(ulong));
        return HeapNeed.ToKeep(Sizes, bytes);
    }

    private ErrorCode MakePiece(FrameAllocator<MachineMemory> frames, in ElfImage file)
    {
        WorkBudget budget = WorkBudget.Piece;
        switch (_stage)
        {
            case Stage.Count or Stage.Fill:
                ReadRelocations(file, ref budget);
                break;
            case Stage.Place:
                PlaceWords(ref budget);
                break;
            case Stage.MakeRoom:
                _words.MakeRoom();
                GoTo(Stage.Place);
                break;
            case Stage.Pages:
                MakePages(frames, file, ref budget);
                break;
            default:
                DropPages(frames, ref budget);
                break;
        }
        bool isOver = _stage == Stage.Drop && _segment == 0;
        if (isOver)
            _program.Maker = null;
        return isOver ? _error : ErrorCode.None;
    }

    private void GoTo(Stage stage)
    {
        _stage = stage;
        _position = default;
        _page = 0;
    }

    private void ReadRelocations(in ElfImage file, ref WorkBudget budget)
    {
        RelocationList.Enumerator relocations = file.Relocations.From(_position);
        while (relocations.MoveNext())
        {
            if (_stage == Stage.Fill)
                _words.Add(relocations.Current);
            else if (!_words.TryCount(relocations.Current))
            {
                Refuse("A relocation is not aligned to eight bytes.");
                return;
            }
            budget.Spend(RelocationCost);
            if (budget.IsSpent)
            {
                _position = relocations.Position;
                return;
            }
        }
        if (relocations.Status != ImageStatus.Good)
            Refuse(ImageStatusText.Of(relocations.Status));
        else
            GoTo(_stage == Stage.Count ? Stage.MakeRoom : Stage.Pages);
    }

    private void PlaceWords(ref WorkBudget budget)
    {
        while (_page < _words.Pages)
        {
            if (budget.IsSpent)
                return;
            _words.Place(_page++);
            budget.Spend(PlaceCost);
        }
        GoTo(Stage.Fill);
    }

    private void MakePages(
        FrameAllocator<MachineMemory> frames, in ElfImage file, ref WorkBudget budget)
    {
        for (; _segment < _segments.Length; _segment++, _page = 0)
        {
            ElfSegment segment = file.Segment(_segment);
            // Large ones take a piece for their array alone.
            Frame[] made = (_segments[_segment] ??= NewSegment(segment, ref budget)).Frames;
            for (; _page < made.Length; _page++)
            {
                if (budget.IsSpent)
                    return;
                if (!TryMakePage(frames, file, segment, ref made[_page], ref budget))
                    return;
            }
        }
        _program.Image = new ProgramImage(file, _segments);
        _program.Maker = null;
    }

    private ProgramSegment NewSegment(in ElfSegment segment, ref WorkBudget budget)
    {
        ulong pages = segment.Pages.Value;
        budget.Spend(pages);
        return new ProgramSegment(
            segment.Offset, segment.Pages, segment.Rights, new Frame[pages], _words);
    }

    // A page of data that is all zero has no frame.
    private bool TryMakePage(
        FrameAllocator<MachineMemory> frames, in ElfImage file, in ElfSegment segment,
        ref Frame frame, ref WorkBudget budget)
    {
        int inImage = (int)segment.Offset.Value + _page;
        ReadOnlySpan<byte> content = file.Content(segment);
        PagePart part = PagePart.Of(segment, content.Length, _page);
        if (segment.Rights.CanWrite && part.Length == 0 && !_words.Has(inImage))
        {
            budget.Spend(EmptyPageCost);
            return true;
        }
        budget.Spend(PageCost);
        if (!_words.AreDifferent(inImage))
        {
            Refuse("A word is relocated twice.");
            return false;
        }
        if (SegmentFrames.TryMake(
            frames, segment.Rights, content.Slice(part.Start, part.Length), part.OffsetInPage,
            _words, inImage, out frame))
            return true;
        Undo(ErrorCode.NoMemory);
        return false;
    }

    private void Refuse(string reason)
    {
        Log.Warn($"{_program.Name}: {reason}");
        Undo(ErrorCode.BadProgram);
    }

    private void Undo(ErrorCode error)
    {
        if (_stage == Stage.Drop)
            return;
        _stage = Stage.Drop;
        _error = error;
        _segment = _segments.Length;
        _page = 0;
    }

    private void DropPages(FrameAllocator<MachineMemory> frames, ref WorkBudget budget)
    {
        for (; _segment > 0; _segment--, _page = 0)
        {
            Frame[] made = _segments[_segment - 1]?.Frames ?? [];
            for (; _page < made.Length; _page++)
            {
                if (budget.IsSpent)
                    return;
                budget.Spend(DropCost);
                SegmentFrames.Drop(frames, made[_page]);
            }
        }
    }
}
