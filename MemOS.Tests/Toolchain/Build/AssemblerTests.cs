using System;
using System.IO;
using System.Text;
using IL2CPU;
using IL2CPU.Compile;
using Xunit;

namespace MemOS.Tests.Toolchain.Build;

/// <summary>What the assembler says, said as MSBuild wants it.</summary>
public sealed class AssemblerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memos-nasm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_error_has_the_place_in_the_file_that_a_person_wrote()
    {
        AssemblySource source = new(
            "Bad.asm", Encoding.UTF8.GetBytes("section .text\nbogus rax\nret\nwrong rbx\n"),
            "/src/Bad.asm");
        string message = Assert.Throws<BuildError>(
            () => Assembler.Assemble(source, _folder)).ToBuildMessage();
        string[] lines = message.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("/src/Bad.asm(2): error IL2CPU033: ", lines[0],
            StringComparison.Ordinal);
        Assert.StartsWith("/src/Bad.asm(4): error IL2CPU033: ", lines[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_assembles_leaves_an_object()
    {
        AssemblySource source = new("Good.asm", Encoding.UTF8.GetBytes("ret\n"), null);
        Assert.True(File.Exists(Assembler.Assemble(source, _folder)));
    }
}
