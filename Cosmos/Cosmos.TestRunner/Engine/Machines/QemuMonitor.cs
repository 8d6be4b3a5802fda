using System;
using System.IO;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;

namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>QEMU's monitor, spoken to in QMP over a Unix socket.</summary>
public sealed class QemuMonitor : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    private QemuMonitor(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true)
        {
            ReadTimeout = (int)Patience.Default.Silence.TotalMilliseconds,
        };
        _reader = new StreamReader(_stream);
        _writer = new StreamWriter(_stream) { AutoFlush = true, NewLine = "\n" };
    }

    /// <summary>Connects, waiting until QEMU has made the socket.</summary>
    /// <exception cref="IOException">QEMU did not answer in time.</exception>
    public static QemuMonitor Connect(string path, TimeSpan limit)
    {
        DateTime end = DateTime.UtcNow + limit;
        while (true)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                QemuMonitor monitor = new(socket);
                monitor.ReadReply();
                monitor.Execute("qmp_capabilities", []);
                return monitor;
            }
            catch (SocketException) when (DateTime.UtcNow < end)
            {
                socket.Dispose();
                Thread.Sleep(50);
            }
            catch (SocketException failure)
            {
                socket.Dispose();
                throw new IOException("QEMU's monitor cannot be reached", failure);
            }
        }
    }

    /// <summary>Runs a command of the monitor for people, such as <c>info tlb</c>.</summary>
    /// <returns>Its output.</returns>
    public string Run(string command)
    {
        JsonObject arguments = new() { ["command-line"] = command };
        JsonNode? answer = Execute("human-monitor-command", arguments);
        return answer?.GetValue<string>() ?? "";
    }

    /// <summary>Presses keys together, by QEMU's names: <c>ctrl-c</c>, <c>ret</c>.</summary>
    public void PressKeys(string keys) => Run("sendkey " + keys);

    /// <summary>Waits until the machine stops.</summary>
    /// <returns>QEMU's word for why: <c>guest-shutdown</c>, <c>guest-reset</c>.</returns>
    /// <exception cref="IOException">It has not, for long.</exception>
    public string AwaitShutdown()
    {
        while (true)
        {
            JsonNode reply = ReadReply();
            if (reply["event"]?.GetValue<string>() == "SHUTDOWN")
                return reply["data"]?["reason"]?.GetValue<string>() ?? "";
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private JsonNode? Execute(string command, JsonObject arguments)
    {
        JsonObject request = new() { ["execute"] = command, ["arguments"] = arguments };
        _writer.WriteLine(request.ToJsonString());
        while (true)
        {
            JsonNode reply = ReadReply();
            if (reply["error"] is { } error)
                throw new IOException($"QEMU refused '{command}': {error.ToJsonString()}");
            if (reply["return"] is { } value)
                return value.GetValueKind() == JsonValueKind.String ? value : null;
        }
    }

    private JsonNode ReadReply()
    {
        string line = _reader.ReadLine() ?? throw new IOException("QEMU closed its monitor");
        return JsonNode.Parse(line) ?? throw new IOException("QEMU sent an empty reply");
    }
}
