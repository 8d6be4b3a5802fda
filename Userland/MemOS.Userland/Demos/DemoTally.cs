using System.Globalization;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Userland.Demos;

/// <summary>How the demos went, one by one and together.</summary>
public sealed class DemoTally
{
    private readonly Table _table = new Table("demo", "shows", "result", "ms").AlignRight(3);

    /// <summary>Demos that showed what they promised.</summary>
    public int Passed { get; private set; }

    /// <summary>Demos that did not.</summary>
    public int Failed { get; private set; }

    /// <summary>The line that tests and <c>make demo</c> look for.</summary>
    public string Summary => $"demos: {Passed} passed, {Failed} failed";

    /// <summary>Counts a demo.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="shows">What it shows.</param>
    /// <param name="end">How it ended; only an exit with 0 passes.</param>
    /// <param name="milliseconds">How long it ran.</param>
    public void Add(string program, string shows, ProcessEnd end, long milliseconds)
    {
        bool isPassed = end.IsSuccess;
        Passed += isPassed ? 1 : 0;
        Failed += isPassed ? 0 : 1;
        _table.Add(program, shows, isPassed ? Palette.Good("ok") : Palette.Bad("FAILED"),
            milliseconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A table of all demos.</summary>
    public override string ToString() => _table.ToString();
}
