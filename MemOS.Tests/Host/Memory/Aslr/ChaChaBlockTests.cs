using System.Linq;
using System.Runtime.Intrinsics;
using Cosmos.Core.Hardware;

namespace MemOS.Tests.Host.Memory.Aslr;

public sealed class ChaChaBlockTests
{
    [Fact]
    public void The_block_of_the_standards_example_comes_out()
    {
        // RFC 8439, 2.3.2: key 00 01 .. 1f, counter 1, nonce 00 00 00 09 00 00 00 4a 00 00 00 00.
        ChaChaBlock.Make(
            Vector128.Create(0x03020100u, 0x07060504u, 0x0B0A0908u, 0x0F0E0D0Cu),
            Vector128.Create(0x13121110u, 0x17161514u, 0x1B1A1918u, 0x1F1E1D1Cu),
            Vector128.Create(1u, 0x09000000u, 0x4A000000u, 0u),
            out ChaChaBlock.Rows block);
        uint[] words =
        [
            0xE4E7F110, 0x15593BD1, 0x1FDD0F50, 0xC47120A3,
            0xC7F4D1C7, 0x0368C033, 0x9AAA2204, 0x4E6CD4C3,
            0x466482D2, 0x09AA9F07, 0x05D7C214, 0xA2028BD9,
            0xD19C12B5, 0xB94E16DE, 0xE883D0CB, 0x4E3C50A2,
        ];
        Vector128<uint>[] rows = [block.A, block.B, block.C, block.D];
        Assert.Equal(words, rows.SelectMany(r => Enumerable.Range(0, 4).Select(i => r[i])));
    }
}
