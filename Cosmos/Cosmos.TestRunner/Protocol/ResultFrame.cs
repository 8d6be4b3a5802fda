namespace Cosmos.TestRunner.Protocol;

/// <summary>One message of a test kernel to the host.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Name">The suite, test or place it speaks of; may be empty.</param>
/// <param name="Detail">A message for people; may be empty.</param>
public readonly record struct ResultFrame(FrameKind Kind, string Name, string Detail);
