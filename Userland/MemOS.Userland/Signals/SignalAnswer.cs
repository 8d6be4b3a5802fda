using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>What a handler answers; only those of a backer's signals are asked.</summary>
/// <param name="Answer">Whether it has what is asked for.</param>
/// <param name="Data">The address of a page, or a value.</param>
public readonly record struct SignalAnswer(BackerAnswer Answer, ulong Data);
