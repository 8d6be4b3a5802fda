using System;

namespace Cosmos.System;

/// <summary>A key that went down, as a value: what an interrupt handler can make.</summary>
/// <param name="Symbol">What the key types with its modifiers; 0 for nothing.</param>
/// <param name="Key">The key.</param>
/// <param name="Modifiers">What was held down with it.</param>
public readonly record struct KeyPress(
    char Symbol, ConsoleKeyEx Key, ConsoleModifiers Modifiers);
