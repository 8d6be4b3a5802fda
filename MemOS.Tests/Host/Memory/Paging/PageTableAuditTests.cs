using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Paging;

/// <summary>Each rule is broken once by hand; the audit must name it.</summary>
public sealed class PageTableAuditTests
{
    private const ulong Writable = 1ul << 1;
    private const ulong User = 1ul << 2;
    private const ulong NoExecute = 1ul << 63;

    private readonly PageTableFixture _machine = new();
    private readonly Page _page = PageTableFixture.PageAt(0x40_0000);
    private readonly Frame _frame;

    public PageTableAuditTests()
    {
        _frame = _machine.Small();
        _machine.Space.TryMap(_page, PageSize.Small, _frame, PageRights.ReadWrite);
        Expect(AuditRule.Sound);
    }

    [Fact]
    public void A_writable_page_made_executable_behind_the_managers_back_is_found()
    {
        LeafEntry() &= ~NoExecute;
        Expect(AuditRule.WriteXorExecute);
    }

    [Fact]
    public void A_writable_view_of_code_in_the_kernels_map_of_ram_is_found()
    {
        PageRange all = PageRange.Of(_machine.KernelPages.First, PageCount.Of(4096));
        Frame code = _machine.Small();
        _machine.Frames.TryHold(code);
        MapStatus status = _machine.Kernel.TryMapUncounted(
            all, Frame.Of(0), PageRights.ReadWrite, CacheKind.WriteBack);
        Assert.Equal(MapStatus.Mapped, status);
        Expect(AuditRule.Sound);
        _machine.Memory.Info(code).State = FrameState.Executable;
        Expect(AuditRule.WriteXorExecute);

        PageRange view = PageRange.One(all.First + code.Number);
        Assert.True(_machine.Kernel.TrySplitEdges(view));
        _machine.Kernel.Protect(view, PageRights.Read);
        Expect(AuditRule.Sound);
    }

    [Fact]
    public void An_audit_forgets_what_the_one_before_it_has_met()
    {
        ulong entry = LeafEntry();
        LeafEntry() &= ~NoExecute;
        Expect(AuditRule.WriteXorExecute);
        LeafEntry() = entry;
        Expect(AuditRule.Sound);
    }

    [Fact]
    public void An_audit_in_one_piece_finds_the_same_as_one_in_many()
    {
        Assert.True(Audits.CheckInOnePiece(_machine.Frames, _machine.Kernel, [_machine.Space])
            .IsSound);
        _machine.Memory.Info(_frame).MapsOrLink = 2;
        Assert.Equal(_machine.Audit(), Audits.CheckInOnePiece(
            _machine.Frames, _machine.Kernel, [_machine.Space]));
    }

    [Fact]
    public void A_mapping_that_was_not_counted_is_found()
    {
        _machine.Memory.Info(_frame).MapsOrLink = 2;
        Expect(AuditRule.MappingsCounted);
    }

    [Fact]
    public void An_entry_that_was_not_counted_is_found()
    {
        LeafEntry() = 0;
        Expect(AuditRule.EntriesCounted);
    }

    [Fact]
    public void A_frame_that_no_one_has_is_found()
    {
        Frame lost = _machine.Small();
        Expect(AuditRule.NothingLeaked);
        _machine.Frames.Discard(lost);
        Expect(AuditRule.Sound);
    }

    [Fact]
    public void A_lost_page_table_is_found()
    {
        _machine.Frames.TryAllocate(FrameUse.PageTable, out _);
        Expect(AuditRule.NothingLeaked);
    }

    [Fact]
    public void A_table_that_two_entries_point_to_is_found()
    {
        ref ulong first = ref _machine.Memory.Entry(_machine.Space.Root, 0);
        _machine.Memory.Entry(_machine.Space.Root, 1) = first;
        _machine.Memory.Info(_machine.Space.Root).HoldsOrEntries++;
        Expect(AuditRule.TablesCounted);
    }

    [Fact]
    public void A_supervisor_page_in_the_user_half_is_found()
    {
        LeafEntry() &= ~User;
        Expect(AuditRule.HalvesApart);
    }

    [Fact]
    public void A_space_that_misses_a_part_of_the_kernel_half_is_found()
    {
        _machine.Memory.Entry(_machine.Space.Root, 256) = 0;
        Expect(AuditRule.KernelHalfShared);
    }

    [Fact]
    public void A_frame_that_is_not_where_the_allocator_counts_it_is_found()
    {
        _machine.Memory.Info(Frame.Of(4000)).State = FrameState.Absent;
        Expect(AuditRule.FreeCounted);
    }

    private ref ulong LeafEntry()
    {
        Frame table = _machine.Space.Root;
        for (int level = 4; level > 1; level--)
        {
            int index = (int)(_page.Number >> ((level - 1) * 9)) & 511;
            table = PageTableEntry.FromBits(_machine.Memory.Entry(table, index)).Frame;
        }

        ref ulong entry = ref _machine.Memory.Entry(table, (int)(_page.Number & 511));
        Assert.True((entry & Writable) != 0);
        return ref entry;
    }

    private void Expect(AuditRule rule) => Assert.Equal(rule, _machine.Audit().Rule);
}
