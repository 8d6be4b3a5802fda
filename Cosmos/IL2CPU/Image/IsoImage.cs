using System.IO;
using System.IO.Compression;
using IL2CPU.Elf;

namespace IL2CPU.Image;

/// <summary>Makes the ISO that boots from BIOS and UEFI, as a CD and as a disk.</summary>
internal static class IsoImage
{
    private const string Font = "/usr/share/grub/ascii.pf2";
    private const string Bios = "boot/grub/bios.img";
    private const string Efi = "boot/grub/efi.img";

    internal static void Build(BuildOptions options, string image, ElfFile linked)
    {
        string root = Path.Combine(options.Output, "iso");
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        Directory.CreateDirectory(Path.Combine(root, "boot", "grub"));
        AddKernel(options, image, linked, Path.Combine(root, "boot"));
        foreach ((string name, string path) in options.Files)
        {
            string target = Path.Combine(root, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
        File.Copy(options.GrubConfiguration!, Path.Combine(root, "boot", "grub", "grub.cfg"));
        GrubImages.MakeBios(Path.Combine(root, Bios));
        GrubImages.MakeEfi(Path.Combine(root, Efi), options.Output);
        Write(root, options.Target);
    }

    private static void AddKernel(
        BuildOptions options, string image, ElfFile linked, string boot)
    {
        ToolProcess.Run("objcopy",
            ["-O", "binary", image, Path.Combine(boot, "kernel.bin")]);
        SymbolFile.Write(linked, Path.Combine(boot, "kernel.sym"));
        ProgramArchive.Write(options.Programs, Path.Combine(boot, "programs.tar"));
        // The boot loader unpacks faster than a BIOS reads.
        Compress(Path.Combine(boot, "kernel.sym"));
        Compress(Path.Combine(boot, "programs.tar"));
        File.Copy(Font, Path.Combine(boot, "font.pf2"));
    }

    private static void Compress(string path)
    {
        using (FileStream plain = File.OpenRead(path))
        using (GZipStream packed = new(File.Create(path + ".gz"), CompressionLevel.Optimal))
            plain.CopyTo(packed);
        File.Delete(path);
    }

    // The first sector and a partition table make the file a disk, too.
    private static void Write(string root, string target) => ToolProcess.Run("xorriso",
    [
        "-as", "mkisofs", "-quiet", "-r", "-V", "COSMOS",
        "-b", Bios, "-no-emul-boot", "-boot-load-size", "4", "-boot-info-table",
        "--grub2-boot-info", "--grub2-mbr", GrubImages.BootSector,
        "--efi-boot", Efi, "-efi-boot-part", "--efi-boot-image", "--protective-msdos-label",
        "--set_all_file_dates", "=" + ToolProcess.SourceDate, "-o", target, root,
    ]);
}
