using System;
using System.IO;
using Xunit;

namespace MemOS.Tests.Repository.Scripts;

/// <summary>What <c>make burn</c> refuses. No test here ever calls the real <c>dd</c>.</summary>
public sealed class BurnTests : IDisposable
{
    private const int ImageBytes = 5000;

    private readonly Sandbox _sandbox = new();

    public BurnTests()
    {
        _sandbox.Command("dd", "note dd \"$@\"");
        File.WriteAllBytes(Path.Combine(_sandbox.Folder, "MemOS.iso"), new byte[ImageBytes]);
    }

    [Fact]
    public void Without_a_device_it_says_how_to_name_one()
    {
        (int status, string output) = Burn("");
        Assert.NotEqual(0, status);
        Assert.Contains("make burn DEV=", output, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Notes);
    }

    [Fact]
    public void An_ordinary_file_is_refused_by_the_real_lsblk()
    {
        string file = Path.Combine(_sandbox.Folder, "disk.img");
        File.WriteAllText(file, "not a disk");
        (int status, string output) = Burn(file);
        Assert.NotEqual(0, status);
        Assert.Contains("not a block device", output, StringComparison.Ordinal);
        Assert.Equal("not a disk", File.ReadAllText(file));
    }

    [Fact]
    public void A_partition_is_refused()
    {
        Disk("part", "");
        (int status, string output) = Burn("/dev/sdz1");
        Assert.NotEqual(0, status);
        Assert.Contains("not a whole disk", output, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Notes);
    }

    [Fact]
    public void A_disk_with_a_mounted_partition_is_refused()
    {
        Disk("disk", "\n/home\n");
        (int status, string output) = Burn("/dev/sdz");
        Assert.NotEqual(0, status);
        Assert.Contains("in use: /home", output, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Notes);
    }

    [Theory]
    [InlineData("0 4999", "holds 4999 bytes, and the image has 5000")]
    [InlineData("0 0", "holds 0 bytes")]
    [InlineData("1 16000000000", "read-only")]
    public void What_the_image_cannot_be_written_to_is_refused_before_it_is_asked_about(
        string readOnlyAndSize, string reason)
    {
        Disk("disk", "", readOnlyAndSize);
        (int status, string output) = Burn("/dev/sdz", "/dev/sdz\n");
        Assert.NotEqual(0, status);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.DoesNotContain("will be lost", output, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Notes);
    }

    [Fact]
    public void A_disk_of_just_the_images_size_is_written()
    {
        Disk("disk", "", "0 5000");
        _sandbox.Command("sudo", "exec \"$@\"");
        Assert.Equal(0, Burn("/dev/sdz", "/dev/sdz\n").Status);
        Assert.StartsWith("dd if=MemOS.iso", _sandbox.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("y\n")]
    [InlineData("/dev/sdy\n")]
    public void Any_answer_but_the_disks_name_writes_nothing(string answer)
    {
        Disk("disk", "");
        (int status, string output) = Burn("/dev/sdz", answer);
        Assert.NotEqual(0, status);
        Assert.Contains("nothing was written", output, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Notes);
    }

    [Fact]
    public void The_disks_name_typed_in_full_writes_the_image()
    {
        Disk("disk", "");
        _sandbox.Command("sudo", "exec \"$@\"");
        (int status, string output) = Burn("/dev/sdz", "/dev/sdz\n");
        Assert.True(status == 0, output);
        Assert.StartsWith("dd if=MemOS.iso of=/dev/sdz", _sandbox.Notes,
            StringComparison.Ordinal);
    }

    public void Dispose() => _sandbox.Dispose();

    private (int Status, string Output) Burn(string device, string answer = "") =>
        _sandbox.Run("burn.sh", answer, "MemOS.iso", device);

    private void Disk(
        string type, string mounts, string readOnlyAndSize = "0 16000000000") =>
        _sandbox.Command("lsblk", $"""
        case "$*" in
            *--bytes*) echo {readOnlyAndSize} ;;
            *TYPE*) echo {type} ;;
            *MOUNTPOINTS*) printf '{mounts.Replace("\n", "\\n", StringComparison.Ordinal)}' ;;
            *) echo "sdz 16G Stick" ;;
        esac
        """);
}
