using MemOS.Memory;

namespace MemOS.Tests.Host.Memory;

public sealed class PageRightsTests
{
    [Fact]
    public void No_wish_ends_in_write_and_execute()
    {
        for (int bits = 0; bits < 256; bits++)
        {
            bool made = PageRights.TryCreate((Access)bits, out PageRights rights);
            Assert.False(rights.CanWrite && rights.CanExecute);
            Assert.Equal(bits < 8 && (bits & 6) != 6, made);
        }
    }

    [Fact]
    public void Write_alone_becomes_read_and_write()
    {
        Assert.True(PageRights.TryCreate(Access.Write, out PageRights rights));
        Assert.Equal(PageRights.ReadWrite, rights);
    }

    [Fact]
    public void Narrowing_never_adds_a_right()
    {
        PageRights[] all =
        [
            PageRights.None, PageRights.Read, PageRights.ReadWrite,
            PageRights.ReadExecute, PageRights.ExecuteOnly,
        ];
        foreach (PageRights a in all)
        {
            foreach (PageRights b in all)
            {
                PageRights both = a.Narrow(b);
                Assert.True(both.IsWithin(a) && both.IsWithin(b));
                Assert.Contains(both, all);
            }
        }
    }
}
