using System.IO;

namespace IL2CPU.Image;

/// <summary>
/// Makes the boot loader's images for one medium that BIOS and UEFI start from. All of GRUB that a
/// boot needs is inside of them: loading modules from a disc takes longer than starting a kernel.
/// </summary>
internal static class GrubImages
{
    private const string Library = "/usr/lib/grub";
    private const string Prefix = "/boot/grub";

    // UEFI starts GRUB from a small file system of its own, from which it has to find the disc.
    private const string FindDisc = """
        search --no-floppy --set=root --file /boot/kernel.bin
        set prefix=($root)/boot/grub

        """;

    private const int EfiKilobytes = 720;

    private static readonly string[] _bios =
        ["biosdisk", "iso9660", "normal", "multiboot2", "gzio"];

    private static readonly string[] _efi =
    [
        "iso9660", "part_gpt", "part_msdos", "search", "search_fs_file", "normal",
        "multiboot2", "gzio", "efi_gop",
    ];

    /// <summary>A disk's first sector: its code finds the image that a CD starts.</summary>
    internal static string BootSector => Path.Combine(Library, "i386-pc", "boot_hybrid.img");

    /// <summary>Makes the image that BIOS starts.</summary>
    internal static void MakeBios(string path) => ToolProcess.Run("grub-mkimage",
        ["-O", "i386-pc-eltorito", "-p", Prefix, "-o", path, .. _bios]);

    /// <summary>Makes the file system that UEFI starts from.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="work">A folder for what it is made of.</param>
    internal static void MakeEfi(string path, string work)
    {
        string script = Path.Combine(work, "find-disc.cfg");
        File.WriteAllText(script, FindDisc);
        string loader = Path.Combine(work, "bootx64.efi");
        ToolProcess.Run("grub-mkimage",
            ["-O", "x86_64-efi", "-p", Prefix, "-c", script, "-o", loader, .. _efi]);
        File.Delete(path);
        // A floppy disk's layout, the smallest that holds it; the number is the volume's.
        ToolProcess.Run("mformat",
            ["-C", "-i", path, "-f", EfiKilobytes.ToString(), "-N", "4D454D4F", "::"]);
        ToolProcess.Run("mmd", ["-i", path, "::/efi", "::/efi/boot"]);
        ToolProcess.Run("mcopy", ["-i", path, loader, "::/efi/boot/bootx64.efi"]);
    }
}
