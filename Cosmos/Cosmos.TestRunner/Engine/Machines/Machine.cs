namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>A machine to boot an image on.</summary>
/// <param name="Image">The path of the image.</param>
public sealed record Machine(string Image)
{
    /// <summary>How it finds the image.</summary>
    public BootMedium Boot { get; init; } = BootMedium.BiosCd;

    /// <summary>Its processor.</summary>
    public CpuModel Cpu { get; init; } = CpuModel.Max;

    /// <summary>Its memory, which the host provides only as it is touched.</summary>
    public MemorySize Memory { get; init; } = MemorySize.FromMebibytes(512);

    /// <summary>What drives its time.</summary>
    public Clock Clock { get; init; } = Clock.Host;

    /// <summary>How it is switched off.</summary>
    public PowerControl Power { get; init; } = PowerControl.Acpi;

    /// <inheritdoc/>
    public override string ToString() => $"{Boot} {Cpu} {Memory}";
}
