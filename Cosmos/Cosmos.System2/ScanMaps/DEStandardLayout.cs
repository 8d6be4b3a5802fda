using static Cosmos.System.ConsoleKeyEx;

namespace Cosmos.System.ScanMaps;

/// <summary>The keyboard of Germany; dead keys type their accent at once.</summary>
public class DEStandardLayout : ScanMapBase
{
    /// <inheritdoc/>
    protected override void InitKeys()
    {
        Keys = [];
        AddCommonKeys();
        AddRow(0x29, "^", "°", [Backquote]);
        AddRow(0x02, "1234567890ß´", "!\"§$%&/()=?`",
            [D1, D2, D3, D4, D5, D6, D7, D8, D9, D0, Minus, Equal]);
        AddRow(0x10, "qwertzuiopü+", "QWERTZUIOPÜ*",
            [Q, W, E, R, T, Z, U, I, O, P, LBracket, RBracket]);
        AddRow(0x1E, "asdfghjklöä", "ASDFGHJKLÖÄ",
            [A, S, D, F, G, H, J, K, L, Semicolon, Apostrophe]);
        AddRow(0x2B, "#", "'", [Backslash]);
        AddRow(0x2C, "yxcvbnm,.-", "YXCVBNM;:_",
            [Y, X, C, V, B, N, M, Comma, Period, Slash]);
        AddRow(0x56, "<", ">", [OEM102]);
        AddThirdLevel();
    }

    private void AddThirdLevel()
    {
        AddThird(0x03, '2', '"', '²', D2);
        AddThird(0x04, '3', '§', '³', D3);
        AddThird(0x08, '7', '/', '{', D7);
        AddThird(0x09, '8', '(', '[', D8);
        AddThird(0x0A, '9', ')', ']', D9);
        AddThird(0x0B, '0', '=', '}', D0);
        AddThird(0x0C, 'ß', '?', '\\', Minus);
        AddThird(0x1B, '+', '*', '~', RBracket);
        AddThird(0x56, '<', '>', '|', OEM102);
        Keys.Add(new KeyMapping(0x10, 'q', 'Q', 'q', 'Q', 'q', 'Q', Q) { ControlAlt = '@' });
        Keys.Add(new KeyMapping(0x12, 'e', 'E', 'e', 'E', 'e', 'E', E) { ControlAlt = '€' });
        Keys.Add(new KeyMapping(0x32, 'm', 'M', 'm', 'M', 'm', 'M', M) { ControlAlt = 'µ' });
    }

    private void AddThird(byte code, char plain, char shift, char third, ConsoleKeyEx key) =>
        Keys.Add(new KeyMapping(code, plain, shift, plain, plain, shift, shift, key)
        {
            ControlAlt = third,
        });
}
