using System.Collections.Generic;
using System.Runtime;
using System.Text;
using Cosmos.Runtime;

namespace MemOS.Userland.Start;

/// <summary>The first C# of a program, called by Start.asm; statics are not set up yet.</summary>
internal static unsafe class ProgramStart
{
    private static byte* _arguments;
    private static int _argumentBytes;

    /// <summary>The highest address of the stack.</summary>
    internal static nuint StackTop { get; private set; }

    /// <summary>Takes the arguments apart: each is ended by a zero byte.</summary>
    internal static string[] Arguments()
    {
        List<string> arguments = [];
        int start = 0;
        for (int i = 0; i < _argumentBytes; i++)
        {
            if (_arguments[i] != 0)
                continue;
            arguments.Add(Encoding.UTF8.GetString(_arguments + start, i - start));
            start = i + 1;
        }
        return [.. arguments];
    }

    [RuntimeExport("MemosStart")]
    private static void Start(byte* arguments, nuint argumentBytes, nuint stackTop)
    {
        _arguments = arguments;
        _argumentBytes = (int)argumentBytes;
        StackTop = stackTop;
        Process.Exit(Startup.Run());
    }
}
