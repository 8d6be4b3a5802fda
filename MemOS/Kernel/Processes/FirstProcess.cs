using System.Text;
using MemOS.Abi;
using MemOS.Boot;
using MemOS.Devices;
using MemOS.Jobs;
using MemOS.Programs;

namespace MemOS.Processes;

/// <summary>
/// The process that starts all others. It gets the words of the kernel's command line, has all
/// authority, and may drive all devices.
/// </summary>
internal static class FirstProcess
{
    private const string Name = "init";

    /// <summary>Starts it; a machine without it is of no use.</summary>
    internal static void Start()
    {
        ErrorCode error = ErrorCode.NotFound;
        if (ProgramLibrary.TryFind(Name, out Program? program))
        {
            error = ErrorCode.None;
            while (program!.Image is null && error == ErrorCode.None)
                error = ImageMaker.MakePiece(ProcessTable.Memory.Frames, program);
        }
        if (error == ErrorCode.None)
        {
            error = ProcessTable.Spawn(
                null, program!, new ProgramArguments(Arguments()), Process.UsualPriority,
                JobTable.Root, DeviceTable.All, out _);
        }
        if (error != ErrorCode.None)
            BootFailure.Stop($"The first process, {Name}, could not be started: "
                + $"{ErrorText.Of(SyscallCode.Spawn, error)}.");
    }

    // Each word is ended by a zero byte.
    private static byte[] Arguments()
    {
        StringBuilder words = new();
        foreach (string word in CommandLine.Words)
            words.Append(word).Append('\0');
        return Encoding.UTF8.GetBytes(words.ToString());
    }
}
