using System;
using System.IO;
using Xunit;

namespace MemOS.Tests.Repository.Scripts;

/// <summary>
/// When <c>build/restore.sh</c> asks for packages, in a folder that git knows nothing of.
/// </summary>
public sealed class RestoreTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public RestoreTests()
    {
        _sandbox.Command("git", "note git; exit 1");
        _sandbox.Command("dotnet", """
            note "$@"
            find . -name '*.csproj' -execdir mkdir -p obj \; \
                -execdir touch obj/project.assets.json \;
            """);
        Write("iso/MemOS.csproj", "image");
        Write("Userland/hello/hello.csproj", "program");
        AssertRestores(true);
        AssertRestores(false);
    }

    [Fact]
    public void A_new_project_restores() => AssertAsksAfter(
        () => Write("Userland/mine/mine.csproj", "program"));

    [Fact]
    public void A_changed_project_restores() => AssertAsksAfter(
        () => Write("Userland/hello/hello.csproj", "program with a package"));

    [Fact]
    public void A_deleted_project_restores() => AssertAsksAfter(
        () => Directory.Delete(InFolder("Userland/hello"), recursive: true));

    [Fact]
    public void What_a_restore_made_and_is_gone_is_made_again() => AssertAsksAfter(
        () => Directory.Delete(InFolder("Userland/hello/obj"), recursive: true));

    [Fact]
    public void A_copy_of_the_tree_restores() => AssertAsksAfter(() =>
        // As in a copy: what was noted down is another folder's.
        File.WriteAllText(InFolder("artifacts/restored"), File.ReadAllText(
            InFolder("artifacts/restored")).Replace(_sandbox.Folder, "/another")));

    [Fact]
    public void What_a_build_leaves_restores_nothing()
    {
        Write("Userland/hello/obj/hello.nuget.g.props", "made");
        Write("Userland/hello/Program.cs", "class Program;");
        AssertRestores(false);
    }

    [Fact]
    public void A_restore_that_failed_is_tried_again()
    {
        _sandbox.Command("dotnet", "note \"$@\"; exit 1");
        Write("Userland/mine/mine.csproj", "a package that is not there");
        Assert.NotEqual(0, _sandbox.RunHere("restore.sh").Status);
        AssertNotes(() => Assert.NotEqual(0, _sandbox.RunHere("restore.sh").Status), true);
    }

    public void Dispose() => _sandbox.Dispose();

    private void AssertAsksAfter(Action change)
    {
        change();
        AssertRestores(true);
        AssertRestores(false);
    }

    private void AssertRestores(bool expected) => AssertNotes(
        () => Assert.Equal((0, ""), _sandbox.RunHere("restore.sh")), expected);

    private void AssertNotes(Action act, bool expected)
    {
        int before = _sandbox.Notes.Length;
        act();
        string notes = _sandbox.Notes[before..];
        Assert.Equal(
            expected, notes.StartsWith("restore iso/MemOS.csproj", StringComparison.Ordinal));
        Assert.DoesNotContain("git", notes, StringComparison.Ordinal);
    }

    private string InFolder(string path) => Path.Combine(_sandbox.Folder, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(InFolder(path))!);
        File.WriteAllText(InFolder(path), text);
    }
}
