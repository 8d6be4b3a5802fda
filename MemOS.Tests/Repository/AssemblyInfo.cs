using System.Runtime.Versioning;

// The scripts are for bash and Debian.
[assembly: SupportedOSPlatform("linux")]
