using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Cosmos.TestRunner.Engine.Screens;
using Cosmos.TestRunner.Engine.Serial;

namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>A running machine: read it, type to it, look at it, wait for it.</summary>
/// <remarks>Disposing of the session ends QEMU, whatever state it is in.</remarks>
public sealed class QemuSession : IDisposable
{
    /// <summary>The text by which a kernel's panic is known on the serial line.</summary>
    public const string PanicMarker = "KERNEL PANIC";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MonitorLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _socketPath;
    private readonly ManualResetEventSlim _isReading = new(true);
    private readonly Task _serialPump;
    private readonly Task _errorPump;
    private QemuMonitor? _monitor;

    private QemuSession(Process process, RunFolder folder, string socketPath)
    {
        _process = process;
        _socketPath = socketPath;
        Folder = folder;
        _serialPump = Task.Factory.StartNew(PumpSerial, TaskCreationOptions.LongRunning);
        _errorPump = Task.Factory.StartNew(PumpErrors, TaskCreationOptions.LongRunning);
    }

    /// <summary>Where the session keeps its logs.</summary>
    public RunFolder Folder { get; }

    /// <summary>All that the machine has said so far.</summary>
    public Transcript Transcript { get; } = new();

    /// <summary>QEMU's monitor.</summary>
    public QemuMonitor Monitor => _monitor ??= QemuMonitor.Connect(_socketPath, MonitorLimit);

    /// <summary>Starts <paramref name="machine"/>.</summary>
    /// <exception cref="FileNotFoundException">There is no such image.</exception>
    public static QemuSession Start(Machine machine, RunFolder folder)
    {
        if (!File.Exists(machine.Image))
            throw new FileNotFoundException("no image to boot", machine.Image);
        if (machine.Boot == BootMedium.Uefi)
            File.Copy(QemuArguments.FirmwareVariables, folder.FirmwareVariables);

        string socket = RunFolder.NewSocketPath();
        ProcessStartInfo start = new("qemu-system-x86_64")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string word in QemuArguments.For(machine, socket, folder.FirmwareVariables))
            start.ArgumentList.Add(word);

        File.WriteAllText(folder.Command,
            $"{start.FileName} {string.Join(' ', start.ArgumentList)}\n");
        Process process = Process.Start(start)
            ?? throw new IOException("QEMU could not be started");
        return new QemuSession(process, folder, socket);
    }

    /// <summary>
    /// Waits until <paramref name="reached"/> holds of what the machine has said, or until
    /// there is no more hope of it.
    /// </summary>
    public Ending WaitUntil(Func<Transcript, bool> reached, Patience patience)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            bool exited = _process.HasExited;
            if (exited) _serialPump.Wait();
            if (reached(Transcript)) return Ending.Reached;
            if (Transcript.Text.Contains(PanicMarker, StringComparison.Ordinal))
                return AwaitPanicReport();
            if (exited) return Ending.PoweredOff;

            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed > patience.Limit) return Ending.TimeLimit;
            if (elapsed > patience.Silence && Transcript.Silence > patience.Silence)
                return Ending.Silence;
            Thread.Sleep(PollInterval);
        }
    }

    /// <summary>Waits until the console shows <paramref name="text"/>.</summary>
    /// <param name="text">What to look for.</param>
    /// <param name="from">Where in the console text to begin looking.</param>
    /// <param name="patience">How long to wait.</param>
    public Ending WaitForText(string text, int from, Patience patience) =>
        WaitUntil(
            t => t.Text.IndexOf(text, Math.Min(from, t.Text.Length), StringComparison.Ordinal) >= 0,
            patience);

    /// <summary>Waits until the machine is off.</summary>
    /// <returns><see cref="Ending.PoweredOff"/>, or what came in between.</returns>
    public Ending WaitForPowerOff(Patience patience) => WaitUntil(_ => false, patience);

    /// <summary>Types on the serial line.</summary>
    public void Type(string text)
    {
        _process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(text));
        _process.StandardInput.BaseStream.Flush();
    }

    /// <summary>
    /// Reads nothing from the serial line until it is told to go on, as a terminal does that was
    /// stopped; the machine notices once the pipe in between is full.
    /// </summary>
    public void HoldSerial() => _isReading.Reset();

    /// <summary>Goes on reading from the serial line.</summary>
    public void ReleaseSerial() => _isReading.Set();

    /// <summary>Takes a picture of the screen and keeps it as <c>name.ppm</c>.</summary>
    public Screen TakeScreen(string name)
    {
        string path = Path.Combine(Folder.FullPath, name + ".ppm");
        Monitor.Run($"screendump {path}");
        return Screen.FromPpm(File.ReadAllBytes(path));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _monitor?.Dispose();
        if (!_process.HasExited) _process.Kill();
        ReleaseSerial();
        _process.WaitForExit();
        Task.WaitAll(_serialPump, _errorPump);
        _process.Dispose();
        File.Delete(_socketPath);
    }

    // A panic prints its marker first: wait for the report that follows it.
    private Ending AwaitPanicReport()
    {
        TimeSpan quiet = TimeSpan.FromSeconds(1);
        long start = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Transcript.Silence < quiet
            && Stopwatch.GetElapsedTime(start) < 10 * quiet)
        {
            Thread.Sleep(PollInterval);
        }

        return Ending.Panic;
    }

    private void PumpSerial()
    {
        using FileStream log = File.Create(Folder.SerialLog);
        byte[] buffer = new byte[4096];
        Stream line = _process.StandardOutput.BaseStream;
        for (int count = line.Read(buffer); count > 0; count = line.Read(buffer))
        {
            log.Write(buffer, 0, count);
            log.Flush();
            Transcript.Hear(buffer.AsSpan(0, count));
            _isReading.Wait();
        }
    }

    private void PumpErrors()
    {
        using FileStream log = File.Create(Folder.QemuLog);
        _process.StandardError.BaseStream.CopyTo(log);
    }
}
