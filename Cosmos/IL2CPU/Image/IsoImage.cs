using System.IO;

namespace IL2CPU.Image;

/// <summary>Makes the ISO that boots from BIOS and UEFI, as a CD and as a disk.</summary>
internal static class IsoImage
{
    private const string Font = "/usr/share/grub/ascii.pf2";

    internal static void Build(BuildOptions options, string image)
    {
        string root = Path.Combine(options.Output, "iso");
        string boot = Path.Combine(root, "boot");
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        Directory.CreateDirectory(Path.Combine(boot, "grub"));
        ToolProcess.Run("objcopy",
            ["-O", "binary", image, Path.Combine(boot, "kernel.bin")]);
        SymbolFile.Write(image, Path.Combine(boot, "kernel.sym"));
        File.Copy(Font, Path.Combine(boot, "font.pf2"));
        ProgramArchive.Write(options.Programs, Path.Combine(boot, "programs.tar"));
        foreach ((string name, string path) in options.Files)
            File.Copy(path, Path.Combine(root, name));
        File.Copy(options.GrubConfiguration!, Path.Combine(boot, "grub", "grub.cfg"));
        ToolProcess.Run("grub-mkrescue",
        [
            "--compress=no", "--locales=", "--fonts=", "--themes=",
            "--install-modules=normal multiboot2 all_video gfxterm serial",
            "-o", options.Target, root,
        ]);
    }
}
