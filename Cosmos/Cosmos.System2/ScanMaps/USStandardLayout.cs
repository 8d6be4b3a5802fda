using static Cosmos.System.ConsoleKeyEx;

namespace Cosmos.System.ScanMaps;

/// <summary>The keyboard of the United States.</summary>
public class USStandardLayout : ScanMapBase
{
    /// <inheritdoc/>
    protected override void InitKeys()
    {
        Keys = [];
        AddCommonKeys();
        AddRow(0x29, "`", "~", [Backquote]);
        AddRow(0x02, "1234567890-=", "!@#$%^&*()_+",
            [D1, D2, D3, D4, D5, D6, D7, D8, D9, D0, Minus, Equal]);
        AddRow(0x10, "qwertyuiop[]", "QWERTYUIOP{}",
            [Q, W, E, R, T, Y, U, I, O, P, LBracket, RBracket]);
        AddRow(0x1E, "asdfghjkl;'", "ASDFGHJKL:\"",
            [A, S, D, F, G, H, J, K, L, Semicolon, Apostrophe]);
        AddRow(0x2B, "\\", "|", [Backslash]);
        AddRow(0x2C, "zxcvbnm,./", "ZXCVBNM<>?",
            [Z, X, C, V, B, N, M, Comma, Period, Slash]);
        AddRow(0x56, "\\", "|", [OEM102]);
    }
}
