using System.Runtime.Versioning;

// The tools that images are made with are those of a Linux system.
[assembly: SupportedOSPlatform("linux")]
