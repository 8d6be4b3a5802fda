using MemOS.Abi;
using MemOS.Devices;
using MemOS.Memory.Signals;
using MemOS.Processes;
using MemOS.Signals;

namespace MemOS.Jobs;

/// <summary>
/// Ctrl-C: tells the processes of the job that has the console, and ends the job if that is what
/// it takes. See docs/abi.md, "Console, clock, machine".
/// </summary>
internal static class ConsoleInterrupt
{
    // How many are told in one entry into the kernel.
    private const int ToldAtOnce = 32;

    // A field, as it is changed in place.
    private static InterruptPatience _patience;

    private static Job? _job;
    private static ulong _number;

    /// <summary>
    /// Does what is to be done now; called at each tick, and soon after Ctrl-C was pressed.
    /// </summary>
    internal static void OnTick()
    {
        ulong now = Timer.Now;
        if (SystemConsole.Input.TakeInterruption())
            OnPress(ForegroundJob.Current, now);
        if (_job is null)
            return;
        if (_job.IsClosed)
            _job = null;
        else if (_patience.Tick(now) == InterruptAction.End)
            End(_job, now);
        else
            TellNext(_job);
    }

    /// <summary>A process says that it goes on although it was interrupted.</summary>
    internal static void Answer(Process process)
    {
        if (process.Job == _job)
            _patience.Answer();
    }

    private static void OnPress(Job job, ulong now)
    {
        if (job.IsClosed || job.Has(Authority.Keys))
            return;
        if (job != _job)
            _patience = default;
        _job = job;
        bool isTold = job.Listeners.First is not null
            && _patience.Press(now) == InterruptAction.Tell;
        if (isTold)
            _number++;
        else
            End(job, now);
    }

    private static void End(Job job, ulong now)
    {
        _job = null;
        JobEnds.Begin(job, now);
    }

    private static void TellNext(Job job)
    {
        for (int i = 0; i < ToldAtOnce; i++)
        {
            if (job.Listeners.First is not { } listener || listener.Told == _number)
                return;
            listener.Told = _number;
            listener.MoveBack();
            SignalDelivery.TrySend(listener.Process, new Signal(
                SignalCode.Terminate, (ulong)TerminateReason.ControlC));
        }
    }
}
