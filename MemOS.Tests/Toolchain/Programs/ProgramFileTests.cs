using System;
using System.IO;
using System.Linq;
using MemOS.Images;
using MemOS.Memory;
using Xunit;

namespace MemOS.Tests.Toolchain.Programs;

/// <summary>The programs that the build makes are what the kernel's loader takes.</summary>
public sealed class ProgramFileTests
{
    private const string Library = "MemOS.Userland";

    public static TheoryData<string> Programs =>
    [
        .. Directory.GetDirectories(Path.Combine(Repository.Root, "Userland"))
            .Select(folder => Path.GetFileName(folder)).Where(name => name != Library),
    ];

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_loader_accepts_the_program(string program)
    {
        ImageStatus status = ElfImage.TryParse(Read(program), out ElfImage image);
        Assert.True(status == ImageStatus.Good, ImageStatusText.Of(status));
        Assert.True(image.SegmentCount >= 3);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Its_only_writable_segment_is_the_last_and_holds_no_entry(string program)
    {
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(Read(program), out ElfImage image));
        for (int i = 0; i < image.SegmentCount; i++)
        {
            bool isLast = i == image.SegmentCount - 1;
            Assert.Equal(isLast, image.Segment(i).Rights.Allows(Access.Write));
        }
    }

    private static byte[] Read(string program)
    {
        string output = Path.Combine(Repository.Root, "Userland", program, "bin");
        string? newest = Directory.Exists(output)
            ? Directory.GetFiles(output, program + ".elf", SearchOption.AllDirectories)
                .MaxBy(File.GetLastWriteTimeUtc)
            : null;
        return newest == null
            ? throw new FileNotFoundException("not built: run 'dotnet build MemOS.sln'", program)
            : File.ReadAllBytes(newest);
    }
}
