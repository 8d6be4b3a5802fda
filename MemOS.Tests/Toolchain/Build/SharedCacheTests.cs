using System;
using System.IO;
using IL2CPU;
using Xunit;

namespace MemOS.Tests.Toolchain.Build;

public sealed class SharedCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shared-cache").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_one_tree_keeps_another_takes_in_its_order()
    {
        string[] made = [Make("one", "image.o"), Make("one", "boot.o")];
        SharedCache cache = new(Path.Combine(_folder, "cache"));
        cache.Put("key", made);
        cache.Put("key", made);

        string other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        Assert.Null(cache.TryTake("unknown", other));
        Assert.Equal(
            [Path.Combine(other, "image.o"), Path.Combine(other, "boot.o")],
            cache.TryTake("key", other));
        Assert.Equal("boot.o", File.ReadAllText(Path.Combine(other, "boot.o")));
    }

    [Fact]
    public void Without_a_folder_nothing_is_kept()
    {
        SharedCache cache = new(null);
        cache.Put("key", [Make("one", "image.o")]);
        Assert.Null(cache.TryTake("key", _folder));
    }

    private string Make(string tree, string name)
    {
        string path = Path.Combine(_folder, tree, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, name);
        return path;
    }
}
