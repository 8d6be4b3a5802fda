using MemOS.Memory;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Tests.Host.Memory.Simulation;

/// <summary>
/// Audits from their beginning to their end, in the smallest pieces: whatever can be put off to
/// the next piece is.
/// </summary>
internal static class Audits
{
    private static WorkBudget SmallestPiece => WorkBudget.Of(1);

    public static AuditFinding Check(
        FrameAllocator<SimulatedMemory> frames, PageTable<SimulatedMemory> kernel,
        PageTable<SimulatedMemory>[] spaces) =>
        Check(frames, kernel, spaces, SmallestPiece);

    public static AuditFinding CheckInOnePiece(
        FrameAllocator<SimulatedMemory> frames, PageTable<SimulatedMemory> kernel,
        PageTable<SimulatedMemory>[] spaces) =>
        Check(frames, kernel, spaces, WorkBudget.Unlimited);

    public static SpaceRule Audit(this AddressSpace<SimulatedMemory> space)
    {
        var audit = new SpaceAudit<SimulatedMemory>();
        audit.Begin(space);
        WorkBudget budget;
        do
        {
            budget = SmallestPiece;
        }
        while (!audit.TryGoOn(ref budget));
        return audit.Finding;
    }

    public static SpaceRule Check(this RegionTree tree)
    {
        var audit = new RegionTreeAudit(tree);
        WorkBudget budget;
        do
        {
            budget = SmallestPiece;
        }
        while (!audit.TryGoOn(ref budget));
        return audit.Finding;
    }

    public static bool IsSound(this Segment<SimulatedMemory> segment)
    {
        SegmentProgress progress = default;
        WorkBudget budget;
        do
        {
            budget = SmallestPiece;
        }
        while (!segment.TryAudit(ref progress, ref budget));
        return !progress.IsBroken;
    }

    private static AuditFinding Check(
        FrameAllocator<SimulatedMemory> frames, PageTable<SimulatedMemory> kernel,
        PageTable<SimulatedMemory>[] spaces, WorkBudget piece)
    {
        var audit = new PageTableAudit<SimulatedMemory>(frames, kernel, new Tables(spaces));
        audit.Begin();
        WorkBudget budget;
        do
        {
            budget = piece;
        }
        while (!audit.TryGoOn(ref budget));
        return audit.Finding;
    }

    private sealed class Tables(PageTable<SimulatedMemory>[] tables)
        : IAuditedTables<SimulatedMemory>
    {
        private int _next;

        public void Restart() => _next = 0;

        public bool TryNext(out PageTable<SimulatedMemory>? table)
        {
            table = _next < tables.Length ? tables[_next++] : null;
            return table is not null;
        }
    }
}
