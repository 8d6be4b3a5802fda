using System.IO;
using System.Text;
using MemOS.Consoles;

namespace MemOS.Devices;

/// <summary>The kernel's own <see cref="System.Console"/>, on the machine's console.</summary>
internal sealed class KernelWriter(KernelConsole console) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value) => console.Write([value]);

    /// <inheritdoc/>
    public override void Write(System.ReadOnlySpan<char> buffer) => console.Write(buffer);

    /// <inheritdoc/>
    public override void Write(string? value) => console.Write(value);
}
