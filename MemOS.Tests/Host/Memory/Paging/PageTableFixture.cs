using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Paging;

/// <summary>A machine with a kernel half and one address space, and what was free before.</summary>
internal sealed class PageTableFixture
{
    public PageTableFixture(
        AddressWidth width = AddressWidth.Bits48,
        PagingFeatures features = PagingFeatures.None,
        ulong frames = 4096)
    {
        Frames = Machines.WithFrames(frames, out SimulatedMemory memory);
        Memory = memory;
        Assert.True(PageTable<SimulatedMemory>.TryCreateKernel(
            Frames, width, features, out PageTable<SimulatedMemory>? kernel));
        Kernel = kernel!;
        KernelPages = PageRange.Of(width.FirstKernelPage(), PageCount.Of(1 << 20));
        Assert.True(Kernel.TryPrepare(KernelPages));
        FreeBefore = Frames.FreeFrames;
        Assert.True(Kernel.TryCreateSpace(out PageTable<SimulatedMemory>? space));
        Space = space!;
    }

    public static FrameUse Data => FrameUse.Data(FrameOwner.Space(1));

    public SimulatedMemory Memory { get; }

    public FrameAllocator<SimulatedMemory> Frames { get; }

    public PageTable<SimulatedMemory> Kernel { get; }

    public PageTable<SimulatedMemory> Space { get; }

    public PageRange KernelPages { get; }

    public ulong FreeBefore { get; }

    public static Page PageAt(ulong address) => VirtualAddress.Create(address).Page;

    public static PageRange Pages(ulong address, ulong count) =>
        PageRange.Of(PageAt(address), PageCount.Of(count));

    public Frame Small()
    {
        Assert.True(Frames.TryAllocate(Data, out Frame frame));
        return frame;
    }

    public Frame Large()
    {
        Assert.True(Frames.TryAllocateLarge(Data, out Frame frame));
        return frame;
    }

    public AuditFinding Audit() => Audits.Check(Frames, Kernel, [Space]);

    public AuditFinding AuditReleased()
    {
        Space.Release();
        return Audits.Check(Frames, Kernel, []);
    }
}
