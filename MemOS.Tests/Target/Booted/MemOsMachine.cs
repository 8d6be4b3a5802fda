using System;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>MemOS at its shell prompt, as a person at the serial console has it.</summary>
internal sealed class MemOsMachine : IDisposable
{
    private const string Prompt = "memos> ";

    private const string Sound = "are sound.";

    private readonly QemuSession _session;
    private int _commands;
    private bool _isAudited;

    private MemOsMachine(QemuSession session) => _session = session;

    /// <summary>QEMU's monitor of this machine.</summary>
    public QemuMonitor Monitor => _session.Monitor;

    /// <summary>The machine itself.</summary>
    public QemuSession Session => _session;

    /// <summary>Everything on the console so far, without control sequences.</summary>
    public string Console => _session.Transcript.PlainText;

    /// <summary>Boots MemOS and waits for the prompt.</summary>
    /// <param name="name">What the run's folder is called.</param>
    public static MemOsMachine Boot(string name) => Boot(name, new Machine(KernelImages.MemOS));

    /// <summary>Boots MemOS on <paramref name="machine"/> and waits for the prompt.</summary>
    public static MemOsMachine Boot(string name, Machine machine) =>
        Boot(name, machine, Patience.Default);

    /// <summary>The same, with less patience.</summary>
    public static MemOsMachine Boot(string name, Machine machine, Patience patience)
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "memos " + name);
        MemOsMachine booted = new(QemuSession.Start(machine, folder));
        try
        {
            booted.Await(Prompt, 0, patience);
            return booted;
        }
        catch
        {
            // The test has nothing to dispose of, and the machine would go on without it.
            booted.ExpectNoAudit();
            booted.Dispose();
            throw;
        }
    }

    /// <summary>Types a line and waits until the shell has dealt with it.</summary>
    /// <returns>What the console showed for it, the echoed line included.</returns>
    /// <remarks>
    /// A prompt can come early, such as when Tab lists what there is. So a second command says
    /// when the first is done; it is typed in quotes, its answer comes without.
    /// </remarks>
    public string Command(string line) => Command(line, Patience.Default);

    /// <summary>The same, with less patience.</summary>
    public string Command(string line, Patience patience)
    {
        int start = Console.Length;
        _commands++;
        Type($"{line}\recho \"done\" {_commands}\r");
        string answer = $"done {_commands}\r\n";
        Await(answer, start, patience);
        int end = Console.IndexOf(answer, start, StringComparison.Ordinal);
        Await(Prompt, end, patience);
        return Console[start..end];
    }

    /// <summary>
    /// Runs a program that takes what is typed, so that nothing may be until it has ended.
    /// </summary>
    /// <param name="line">The line to type.</param>
    /// <param name="last">What the program says in the end.</param>
    /// <returns>What the console showed for it.</returns>
    public string Run(string line, string last) => Run(line, last, Patience.Default);

    /// <summary>The same, with other patience.</summary>
    public string Run(string line, string last, Patience patience)
    {
        int start = Console.Length;
        Type(line + "\r");
        Await(last, start, patience);
        int end = Console.IndexOf(last, start, StringComparison.Ordinal);
        Await(Prompt, end);
        return Console[start..];
    }

    /// <summary>Types on the serial line, and does not wait for anything.</summary>
    public void Type(string text) => _session.Type(text);

    /// <summary>
    /// Waits until the console shows a text from a place on; fails if it never does.
    /// </summary>
    public void Await(string text, int from) => Await(text, from, Patience.Default);

    /// <summary>
    /// Has the kernel check all of its memory, which every test ends with: see MachineAudit. For a
    /// test whose machine is no longer there to be asked at its end, it is called before.
    /// </summary>
    public void Audit()
    {
        _isAudited = true;
        string answer = Command("audit");
        Assert.True(answer.Contains(Sound, StringComparison.Ordinal), Console);
    }

    /// <summary>For a test that breaks the machine, so that nothing can be asked of it.</summary>
    public void ExpectNoAudit() => _isAudited = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (!_isAudited) Audit();
        }
        finally
        {
            _session.Dispose();
        }
    }

    private void Await(string text, int from, Patience patience)
    {
        Ending ending = _session.WaitUntil(
            t => t.PlainText.IndexOf(text, from, StringComparison.Ordinal) >= 0,
            patience);
        // What does not answer may not even take a question.
        _isAudited |= ending != Ending.Reached;
        Assert.True(ending == Ending.Reached, $"'{text}' never came ({ending}):\n{Console}");
    }
}
