using System.Globalization;

namespace MemOS.Tests.Protection;

/// <summary>A line of the table of protection.</summary>
/// <param name="What">What is protected, or how.</param>
/// <param name="Measured">What the machine showed.</param>
/// <param name="Needed">What it has to show.</param>
/// <param name="Verdict">Whether it does.</param>
internal sealed record Row(string What, string Measured, string Needed, Verdict Verdict)
{
    /// <summary>A figure that has a least value.</summary>
    public static Row AtLeast(string what, double measured, double least) => new(
        what, Figure(measured), "at least " + Figure(least),
        measured >= least ? Verdict.Held : Verdict.Missed);

    /// <summary>A figure that has a greatest value.</summary>
    public static Row AtMost(string what, double measured, double most) => new(
        what, Figure(measured), "at most " + Figure(most),
        measured <= most ? Verdict.Held : Verdict.Missed);

    /// <summary>A count of what there must not be.</summary>
    public static Row None(string what, int measured) => AtMost(what, measured, 0);

    /// <summary>Something that is so or is not.</summary>
    public static Row Holds(string what, bool holds) => new(
        what, holds ? "yes" : "no", "yes", holds ? Verdict.Held : Verdict.Missed);

    /// <summary>Something that this processor does not have.</summary>
    public static Row Lacking(string what) =>
        new(what, "not on this processor", "where it is", Verdict.Held);

    private static string Figure(double value) =>
        value.ToString("#,0.##", CultureInfo.InvariantCulture);
}

/// <summary>Whether a protection holds.</summary>
internal enum Verdict
{
    /// <summary>It reaches what is needed.</summary>
    Held = 0,

    /// <summary>It falls short.</summary>
    Missed,
}
