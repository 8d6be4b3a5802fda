namespace Cosmos.TestRunner.Engine.Screens;

/// <summary>One pixel's colour, each part from 0 to 255.</summary>
/// <param name="Red">How red it is.</param>
/// <param name="Green">How green it is.</param>
/// <param name="Blue">How blue it is.</param>
public readonly record struct Pixel(byte Red, byte Green, byte Blue);
