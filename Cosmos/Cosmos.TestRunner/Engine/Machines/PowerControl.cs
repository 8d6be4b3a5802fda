namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>How software switches a machine off.</summary>
public enum PowerControl
{
    /// <summary>By ACPI.</summary>
    Acpi = 0,

    /// <summary>Not at all: the firmware has no ACPI tables.</summary>
    None,
}
