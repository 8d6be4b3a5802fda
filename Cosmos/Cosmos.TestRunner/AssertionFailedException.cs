using System;

namespace Cosmos.TestRunner;

/// <summary>An assertion did not hold. The message says what, and where.</summary>
public sealed class AssertionFailedException : Exception
{
    /// <summary>Makes an exception for <paramref name="message"/>.</summary>
    public AssertionFailedException(string message) : base(message)
    {
    }
}
