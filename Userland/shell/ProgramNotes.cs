namespace MemOS.Shell;

/// <summary>What the programs of the ISO do, in a line each.</summary>
internal static class ProgramNotes
{
    /// <summary>What a program does: "shows where its parts lie".</summary>
    /// <param name="program">Its name.</param>
    internal static string Of(string program) => program switch
    {
        "accesstest" => "tests instructions whose memory another program serves",
        "backtest" => "tests segments whose pages a program supplies",
        "bench" => "measures the kernel; a word chooses rows",
        "consoletest" => "tests Ctrl-C, jobs and shares of the processor",
        "crash" => "fails in many ways, each in a child of its own",
        "driver" => "draws on the screen from ring 3; start it by \"drive\"",
        "fork" => "makes copies of itself, and no byte until it is written",
        "hello" => "shows where its parts lie",
        "longest" => "tries for the longest entry into the kernel",
        "hog" => "takes all memory that there is, and gives it back",
        "init" => "is the first one: it runs the demos and keeps a shell running",
        "isolation" => "tries to reach the kernel, other programs and the hardware",
        "jit" => "makes code while it runs, by the one road that there is",
        "jobs" => "has four bombs beside a program that goes on at its pace",
        "layout" => "shows that no two runs, and no two parts, lie alike",
        "modeltest" => "runs the kernel beside a model of it",
        "pager" => "looks at a picture of a gigabyte, which it computes as it looks",
        "selftest" => "makes every system call, also with what is wrong",
        "share" => "has one memory in several processes",
        "shell" => "is what reads this",
        "signaltest" => "tests signals, threads and words",
        "writexec" => "tries to write code, and to run data",
        _ => "has no note here: it is somebody's own",
    };
}
