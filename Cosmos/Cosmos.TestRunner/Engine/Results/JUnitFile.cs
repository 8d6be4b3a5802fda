using System.Globalization;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using Cosmos.TestRunner.Engine.Machines;

namespace Cosmos.TestRunner.Engine.Results;

/// <summary>Writes reports in the XML that build servers read.</summary>
public static class JUnitFile
{
    /// <summary>Writes <paramref name="report"/> of <paramref name="kernel"/>.</summary>
    public static void Write(string path, string kernel, KernelReport report)
    {
        XElement suites = new("testsuites",
            report.Tests.GroupBy(t => t.Suite).Select(Suite), Kernel(kernel, report));
        new XDocument(suites).Save(path);
    }

    private static XElement Suite(IGrouping<string, TestResult> suite) =>
        new("testsuite",
            new XAttribute("name", suite.Key),
            Count("tests", suite.Count()),
            Count("failures", suite.Count(t => t.Status != TestStatus.Passed)),
            suite.Select(Case));

    private static XElement Case(TestResult test)
    {
        XElement element = new("testcase",
            new XAttribute("classname", test.Suite), new XAttribute("name", test.Name));
        if (test.Status == TestStatus.Passed) return element;

        string message = test.Status == TestStatus.Failed ? test.Message : "never ended";
        element.Add(new XElement("failure", new XAttribute("message", Printable(message))));
        return element;
    }

    // The run as a whole counts as a test too: a kernel that died between two tests has failed.
    private static XElement Kernel(string kernel, KernelReport report)
    {
        bool ended = report.Ending == Ending.Reached && report.Damaged == 0
            && report.Assertions.Count == 0;
        XElement element = new("testcase",
            new XAttribute("classname", kernel), new XAttribute("name", "runs to its verdict"));
        if (!ended)
        {
            string message = string.Join("; ", report.Assertions.Prepend(report.Summary));
            element.Add(new XElement("failure", new XAttribute("message", Printable(message))));
        }

        element.Add(new XElement("system-out", Printable(report.Console)));
        return new XElement("testsuite", new XAttribute("name", kernel),
            Count("tests", 1), Count("failures", ended ? 0 : 1), element);
    }

    private static XAttribute Count(string name, int count) =>
        new(name, count.ToString(CultureInfo.InvariantCulture));

    // A console carries control characters, which XML 1.0 cannot.
    private static string Printable(string text) =>
        new([.. text.Select(c => XmlConvert.IsXmlChar(c) ? c : '\u2426')]);
}
