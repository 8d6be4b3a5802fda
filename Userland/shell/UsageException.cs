using System;

namespace MemOS.Shell;

/// <summary>A command can't be carried out as it was typed.</summary>
internal sealed class UsageException(string message) : Exception(message);
