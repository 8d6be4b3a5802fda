using System;

namespace MemOS.Longest;

/// <summary>Something that a program does to have an entry into the kernel take long.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Run">Does it, and leaves nothing behind.</param>
internal sealed record Attack(string Name, Action Run);
