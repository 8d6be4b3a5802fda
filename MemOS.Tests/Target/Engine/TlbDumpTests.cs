using System.IO;
using System.Linq;
using Cosmos.TestRunner.Engine.Tlb;
using Xunit;

namespace MemOS.Tests.Target.Engine;

public sealed class TlbDumpTests
{
    [Fact]
    public void The_letter_X_is_the_NX_bit_so_its_absence_means_executable()
    {
        TlbEntry code = One("ffffa1b2c3d4e000: 0000000000123000 ----A----");
        Assert.Equal(TlbRights.Execute, code.Rights);
        Assert.Equal(0xffffa1b2c3d4e000, code.Virtual.Value);
        Assert.Equal(0x123000ul, code.Physical.Value);

        TlbEntry data = One("0000000000400000: 0000000000456000 X--DA---W");
        Assert.Equal(TlbRights.Write, data.Rights);
    }

    [Fact]
    public void A_page_that_is_writable_and_executable_is_found()
    {
        TlbDump dump = TlbDump.Parse(
            "0000000000001000: 0000000000001000 X--DA---W\r\n"
            + "0000000000002000: 0000000000002000 ---DA--UW\r\n"
            + "0000000000003000: 0000000000003000 ----A--U-\r\n");
        Assert.Equal(3, dump.Entries.Count);
        TlbEntry bad = Assert.Single(dump.WritableAndExecutable);
        Assert.Equal(0x2000ul, bad.Virtual.Value);
        Assert.Equal(TlbRights.Write | TlbRights.Execute | TlbRights.User, bad.Rights);
    }

    [Theory]
    [InlineData("PG disabled")]
    [InlineData("0000000000001000: 0000000000001000 XGPDACTU")]
    [InlineData("0000000000001000: 0000000000001000 WGPDACTUX")]
    [InlineData("zz: 0000000000001000 XGPDACTUW")]
    public void A_line_of_another_form_is_an_error_and_never_skipped(string line) =>
        Assert.Throws<InvalidDataException>(() => TlbDump.Parse(line));

    private static TlbEntry One(string line) => TlbDump.Parse(line + "\n").Entries.Single();
}
