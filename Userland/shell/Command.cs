using System;

namespace MemOS.Shell;

/// <summary>Something that the shell can do by itself.</summary>
/// <param name="Name">The word that it begins with.</param>
/// <param name="Usage">What follows the name.</param>
/// <param name="Does">What it does, in a line.</param>
/// <param name="Run">Does it, given the words after the name.</param>
internal sealed record Command(string Name, string Usage, string Does, Action<string[]> Run);
