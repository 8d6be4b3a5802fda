using System;
using System.Diagnostics;
using System.Globalization;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Dates, durations, random numbers, identifiers.</summary>
internal static class TimeTests
{
    public static TestSuite Suite => new TestSuite("Time")
        .Add(nameof(Dates_compute), Dates_compute)
        .Add(nameof(Dates_are_formatted_and_parsed), Dates_are_formatted_and_parsed)
        .Add(nameof(Durations_compute), Durations_compute)
        .Add(nameof(The_clock_tells_a_plausible_time), The_clock_tells_a_plausible_time)
        .Add(nameof(Time_never_runs_backwards), Time_never_runs_backwards)
        .Add(nameof(Random_with_a_seed_repeats), Random_with_a_seed_repeats)
        .Add(nameof(Random_stays_in_its_range), Random_stays_in_its_range)
        .Add(nameof(Guids_are_parsed_and_formatted), Guids_are_parsed_and_formatted)
        .Add(nameof(New_guids_differ), New_guids_differ)
        .Add(nameof(Hash_codes_combine), Hash_codes_combine);

    private static void Dates_compute()
    {
        DateTime date = new(2024, 2, 28, 23, 59, 30, DateTimeKind.Utc);
        DateTime next = date.AddMinutes(1);
        Assert.AreEqual(29, next.Day);
        Assert.AreEqual(DayOfWeek.Thursday, next.DayOfWeek);
        Assert.AreEqual(60, next.DayOfYear);
        Assert.AreEqual(366.0, (new DateTime(2025, 1, 1) - new DateTime(2024, 1, 1)).TotalDays);
        Assert.AreEqual(1709164770L, new DateTimeOffset(date).ToUnixTimeSeconds());
        Assert.AreEqual(new DateOnly(2024, 2, 29), DateOnly.FromDateTime(next));
    }

    private static void Dates_are_formatted_and_parsed()
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        DateTime date = new(2024, 2, 29, 7, 8, 9, DateTimeKind.Utc);
        Assert.AreEqual("2024-02-29 07:08:09", date.ToString("yyyy-MM-dd HH:mm:ss", invariant));
        Assert.AreEqual("2024-02-29T07:08:09.0000000Z", date.ToString("O", invariant));
        Assert.AreEqual("Thursday, 29 February 2024", date.ToString("D", invariant));
        Assert.AreEqual(date, DateTime.ParseExact("2024-02-29 07:08:09", "yyyy-MM-dd HH:mm:ss",
            invariant));
        Assert.Throws<FormatException>(
            () => DateTime.ParseExact("2023-02-29", "yyyy-MM-dd", invariant));
    }

    private static void Durations_compute()
    {
        TimeSpan span = TimeSpan.FromMinutes(90) + TimeSpan.FromMilliseconds(250);
        Assert.AreEqual("01:30:00.2500000", span.ToString());
        Assert.AreEqual(1, span.Hours);
        Assert.AreEqual(5400.25, span.TotalSeconds);
        Assert.IsTrue(span > TimeSpan.FromHours(1), "longer");
    }

    private static void The_clock_tells_a_plausible_time()
    {
        Assert.IsTrue(DateTime.UtcNow.Year >= 2024, "after this test was written");
        Assert.IsTrue(DateTime.UtcNow.Year < 2200, "before the clock's century byte is wrong");
        Assert.AreEqual(DateTimeKind.Local, DateTime.Now.Kind);
    }

    private static void Time_never_runs_backwards()
    {
        long stamp = Stopwatch.GetTimestamp();
        long ticks = Environment.TickCount64;
        for (int i = 0; i < 1000; i++)
        {
            long nextStamp = Stopwatch.GetTimestamp();
            long nextTicks = Environment.TickCount64;
            Assert.IsTrue(nextStamp >= stamp && nextTicks >= ticks, "forwards");
            (stamp, ticks) = (nextStamp, nextTicks);
        }

        Assert.IsTrue(Stopwatch.Frequency > 0, "it ticks");
    }

    private static void Random_with_a_seed_repeats()
    {
        Random first = new(42);
        Random second = new(42);
        for (int i = 0; i < 100; i++) Assert.AreEqual(first.Next(), second.Next());
        Assert.AreEqual(1434747710, new Random(42).Next());
    }

    private static void Random_stays_in_its_range()
    {
        Random random = new();
        int[] counts = new int[6];
        for (int i = 0; i < 6000; i++) counts[random.Next(6)]++;
        foreach (int count in counts) Assert.IsTrue(count is > 700 and < 1300, "evenly");
        double fraction = Random.Shared.NextDouble();
        Assert.IsTrue(fraction is >= 0 and < 1, "a fraction");
    }

    private static void Guids_are_parsed_and_formatted()
    {
        const string Text = "01234567-89ab-cdef-0123-456789abcdef";
        Guid guid = Guid.Parse(Text);
        Assert.AreEqual(Text, guid.ToString());
        Assert.AreEqual("67452301", Convert.ToHexString(guid.ToByteArray())[..8]);
        Assert.IsFalse(Guid.TryParse("nonsense", out _), "nonsense");
    }

    private static void New_guids_differ()
    {
        Guid guid = Guid.NewGuid();
        Assert.IsTrue(guid != Guid.NewGuid(), "random");
        Assert.AreEqual('4', guid.ToString()[14]);
    }

    private static void Hash_codes_combine()
    {
        Assert.AreEqual(HashCode.Combine(1, "a"), HashCode.Combine(1, "a"));
        Assert.IsTrue(HashCode.Combine(1, 2) != HashCode.Combine(2, 1), "in order");
    }
}
