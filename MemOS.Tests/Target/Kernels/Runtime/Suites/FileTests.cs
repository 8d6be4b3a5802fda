using System.IO;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Files that are not there: a kernel has none, a host not these.</summary>
internal static class FileTests
{
    private const string Nowhere = "/there is no such file";

    public static TestSuite Suite => new TestSuite("Files")
        .Add(nameof(A_missing_file_does_not_exist), A_missing_file_does_not_exist)
        .Add(nameof(Opening_a_missing_file_throws), Opening_a_missing_file_throws)
        .Add(nameof(Listing_a_missing_folder_throws), Listing_a_missing_folder_throws);

    private static void A_missing_file_does_not_exist()
    {
        Assert.IsFalse(File.Exists(Nowhere), "no file");
        Assert.IsFalse(Directory.Exists(Nowhere), "no folder");
        Assert.IsTrue(Directory.Exists("/"), "the root is always there");
    }

    private static void Opening_a_missing_file_throws()
    {
        FileNotFoundException thrown =
            Assert.Throws<FileNotFoundException>(() => File.ReadAllText(Nowhere));
        Assert.AreEqual(Nowhere, thrown.FileName);
    }

    private static void Listing_a_missing_folder_throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => Directory.GetFiles(Nowhere));
}
