using System.Runtime;

namespace Cosmos.Runtime;

/// <summary>Where the stubs lead that the build makes for services that nothing supplies.</summary>
internal static unsafe class MissingSymbol
{
    [RuntimeExport("CosmosMissingSymbol")]
    private static void Fail(byte* name)
    {
        int length = 0;
        while (name[length] != 0)
            length++;
        Platform.Write("Missing from the runtime: "u8);
        Platform.Write(new(name, length));
        Platform.Write("\n"u8);
        Platform.Fail("A service was called that this runtime does not have.");
    }
}
