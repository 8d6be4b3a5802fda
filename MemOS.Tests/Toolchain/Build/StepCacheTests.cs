using System;
using System.IO;
using IL2CPU;
using Xunit;

namespace MemOS.Tests.Toolchain.Build;

/// <summary>When a step's result is taken from the last build.</summary>
public sealed class StepCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memos-cache-").FullName;

    private string Input => Path.Combine(_folder, "input");

    private string Result => Path.Combine(_folder, "result");

    private string Remembered => Path.Combine(_folder, "remembered");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_is_of_content_not_of_time()
    {
        File.WriteAllText(Input, "same");
        string key = StepCache.Key(["setting"], [Input]);
        File.SetLastWriteTimeUtc(Input, DateTime.UnixEpoch);
        Assert.Equal(key, StepCache.Key(["setting"], [Input]));
        Assert.NotEqual(key, StepCache.Key(["other"], [Input]));
        File.WriteAllText(Input, "changed");
        Assert.NotEqual(key, StepCache.Key(["setting"], [Input]));
    }

    [Fact]
    public void A_result_is_found_by_its_key_alone()
    {
        File.WriteAllText(Result, "");
        StepCache cache = new(Remembered);
        Assert.Null(cache.Find("key"));
        cache.Store("key", [Result]);
        Assert.Equal([Result], cache.Find("key"));
        Assert.Null(cache.Find("another"));
    }

    [Fact]
    public void A_copy_of_the_folder_finds_the_results_in_the_copy()
    {
        File.WriteAllText(Result, "");
        new StepCache(Remembered).Store("key", [Result]);
        string copy = Directory.CreateDirectory(Path.Combine(_folder, "copy")).FullName;
        File.Move(Result, Path.Combine(copy, "result"));
        File.Move(Remembered, Path.Combine(copy, "remembered"));
        Assert.Equal(
            [Path.Combine(copy, "result")],
            new StepCache(Path.Combine(copy, "remembered")).Find("key"));
    }

    [Fact]
    public void A_result_that_was_deleted_or_cleared_is_not_found()
    {
        File.WriteAllText(Result, "");
        StepCache cache = new(Remembered);
        cache.Store("key", [Result]);
        File.Delete(Result);
        Assert.Null(cache.Find("key"));
        File.WriteAllText(Result, "");
        cache.Clear();
        Assert.Null(cache.Find("key"));
    }
}
