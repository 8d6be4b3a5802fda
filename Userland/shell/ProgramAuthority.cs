using MemOS.Abi;

namespace MemOS.Shell;

/// <summary>
/// What a program that is typed at the shell may do: have the console while it is in front, and no
/// more than that, unless it comes with MemOS and shows or tests what needs more.
/// </summary>
internal static class ProgramAuthority
{
    // Power and DMA are not among it: a program gets them by "drive" alone.
    private const Authority Everything =
        Authority.Inspect | Authority.Audit | Authority.Log | Authority.Priority;

    /// <summary>What a program of that name may do.</summary>
    internal static Authority Of(string program) => Authority.Console | program switch
    {
        "fork" or "jobs" or "layout" or "pager" or "share" or "signaltest" =>
            Authority.Inspect,
        "backtest" => Authority.Inspect | Authority.Log,
        "bench" or "fuzz" or "longest" or "modeltest" or "selftest" or "shell" => Everything,
        _ => Authority.None,
    };
}
