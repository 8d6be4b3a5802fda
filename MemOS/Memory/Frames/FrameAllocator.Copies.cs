using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Frames;

/// <content>
/// Copies of large frames, which take longer than a piece of work may. There is one at a time; it
/// is not lost but begun anew if another one comes in between.
/// </content>
public sealed partial class FrameAllocator<TMemory>
{
    // About what it takes to copy a small frame, in instructions.
    private const ulong CopyCost = 650;

    private LargeCopy _copy;

    /// <summary>
    /// Goes on with a copy of a large frame that several map, so that nobody writes to it. Needs
    /// no more than 512 free frames, which stay free until the copy is taken.
    /// </summary>
    /// <param name="large">The large frame.</param>
    /// <param name="budget">How much may be done now.</param>
    /// <returns>Whether the copy is whole and is to be taken at once.</returns>
    internal bool TryGoOnCopying(Frame large, ref WorkBudget budget)
    {
        if (!_copy.IsUnderWay || _copy.Source != large)
        {
            BeginCopy(large);
        }

        while (!_copy.IsWhole && !budget.IsSpent)
        {
            Frame part = _copy.Whole + (ulong)_copy.Done;
            if (_copy.Whole == default)
            {
                Ensure.That(
                    _pool.TryTake(out part), "a frame that is counted as free can be found");
                ref FrameInfo info = ref _memory.Info(part);
                info.Owner = FrameOwner.Unknown.Value;
                _copy.Parts.Push(part, ref info);
            }

            _memory.Copy(large + (ulong)_copy.Done, part, PageSize.Small);
            _copy.Done++;
            budget.Spend(CopyCost);
        }

        return _copy.IsWhole;
    }

    /// <summary>
    /// Hands out a whole copy that is in one large frame; false if it is in small ones.
    /// </summary>
    internal bool TryTakeLargeCopy(FrameUse use, out Frame copy)
    {
        copy = _copy.Whole;
        Ensure.That(
            _copy.IsWhole && _free >= _reserved + PageSizes.SmallInLarge,
            "frames for copies are promised");
        if (copy == default)
        {
            return false;
        }

        _copy = default;
        _free -= PageSizes.SmallInLarge;
        Prepare(copy, ref _memory.Info(copy), use, PageSize.Large);
        return true;
    }

    /// <summary>
    /// Hands out the small frame that the last part of a whole copy is in which is left.
    /// </summary>
    internal Frame TakeSmallCopy(FrameUse use)
    {
        Ensure.That(_free > _reserved, "frames for copies are promised");
        Frame part = _copy.Parts.First;
        ref FrameInfo info = ref _memory.Info(part);
        _copy.Parts.Pop(ref info);
        if (_copy.Parts.Count == 0)
        {
            _copy = default;
        }

        _free--;
        Prepare(part, ref info, use, PageSize.Small);
        return part;
    }

    /// <summary>
    /// A large frame has one mapping less, so that it may be written or freed: what was copied of
    /// it counts no more.
    /// </summary>
    internal void ForgetCopyOf(Frame large)
    {
        if (_copy.IsUnderWay && _copy.Source == large)
        {
            DropCopy();
        }
    }

    private void BeginCopy(Frame large)
    {
        Ensure.That(
            _memory.Info(large) is { Extent: FrameExtent.Large, MapsOrLink: > 1 },
            "a large frame is copied that several map");
        DropCopy();
        if (!_pool.TryTakeWhole(out Frame whole))
        {
            EmptyStashes();
            _pool.TryTakeWhole(out whole);
        }

        _copy = new LargeCopy { Source = large, Whole = whole, IsUnderWay = true };
    }

    // What is in the frames of a copy that is given up counts as no one's.
    private void DropCopy()
    {
        if (_copy.Whole != default)
        {
            _pool.PutWhole(_copy.Whole, FrameOwner.Unknown);
        }

        Empty(ref _copy.Parts);
        _copy = default;
    }
}
