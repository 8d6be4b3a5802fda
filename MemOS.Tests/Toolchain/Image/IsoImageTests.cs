using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using IL2CPU;
using IL2CPU.Elf;
using IL2CPU.Image;
using Xunit;

namespace MemOS.Tests.Toolchain.Image;

/// <summary>The file that a kernel boots from.</summary>
public sealed class IsoImageTests
{
    private const string Menu = "multiboot2 /boot/kernel.bin\n";

    // The oldest step of time that a file system in the image has.
    private static readonly TimeSpan _fatTick = TimeSpan.FromSeconds(2.1);

    [Fact]
    public void It_is_the_same_to_the_byte_whenever_it_is_made()
    {
        using NativeFiles files = new();
        byte[] one = Build(files, "one");
        Thread.Sleep(_fatTick);
        Assert.Equal(one, Build(files, "two"));
    }

    [Fact]
    public void It_is_a_disk_with_a_boot_sector_and_a_partition_for_UEFI()
    {
        using NativeFiles files = new();
        byte[] iso = Build(files, "iso");
        Assert.Equal([0x55, 0xAA], iso[510..512]);
        Assert.Equal("EFI PART"u8.ToArray(), iso[512..520]);
        Assert.Equal("CD001"u8.ToArray(), iso[32769..32774]);
    }

    private static byte[] Build(NativeFiles files, string name)
    {
        string image = files.Link(
            "kernel", "-pie", "--no-dynamic-linker",
            files.Assemble("kernel", "section .text\nglobal _start\n_start: ret\n"));
        string menu = Path.Combine(files.Folder, "grub.cfg");
        File.WriteAllText(menu, Menu);
        string target = Path.Combine(files.Folder, name + ".iso");
        BuildOptions options = new()
        {
            Kind = ImageKind.Kernel,
            Entry = "",
            References = [],
            IlcPackage = "",
            FrameworkPackage = "",
            Output = Directory.CreateDirectory(Path.Combine(files.Folder, name)).FullName,
            Target = target,
            GrubConfiguration = menu,
            Files = new Dictionary<string, string> { ["notes/menu.txt"] = menu },
            Programs = new Dictionary<string, string> { ["program"] = menu },
        };
        IsoImage.Build(options, image, ElfReader.Read(image));
        return File.ReadAllBytes(target);
    }
}
