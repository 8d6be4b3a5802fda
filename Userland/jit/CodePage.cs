using System;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Jit;

/// <summary>
/// The one road from data to code: written as data, given up, mapped to be run, and from then on
/// never written again.
/// </summary>
internal sealed class CodePage
{
    private readonly Segment _segment;
    private Mapping? _code;

    /// <summary>A page with instructions, as data so far.</summary>
    internal CodePage(List<Instruction> program)
    {
        Pages page = Memory.Allocate(Memory.PageBytes);
        int at = 0;
        foreach (Instruction instruction in program)
        {
            instruction.Code.CopyTo(page.Slice((nuint)at, instruction.Code.Length));
            at += instruction.Code.Length;
        }
        _segment = Segment.Capture(page);
        Written = _segment.Original!.Start;
    }

    /// <summary>Where it was written.</summary>
    internal Address Written { get; }

    /// <summary>Where it can be run, once it is sealed.</summary>
    internal Address Code => _code!.Start;

    /// <summary>Gives the page up as data, and takes it back as code.</summary>
    internal CodePage Seal()
    {
        _segment.HandOver(Process.Id);
        _code = _segment.Map(MappingRights.Execute);
        return this;
    }

    /// <summary>Runs the code.</summary>
    // Safe: the page holds a whole function that was compiled for this signature.
    internal unsafe int Run(int x) => ((delegate*<int, int>)Code.Value)(x);

    /// <summary>Tries to map it once more.</summary>
    internal ErrorCode Map(MappingRights rights) =>
        _segment.TryMap(0, _segment.Bytes, rights, out _);

    /// <summary>Tries to share it.</summary>
    internal ErrorCode Share(SharingMode mode)
    {
        ProcessId other = Process.Spawn("jit", Program.Idle);
        ErrorCode error = _segment.TryShare(other, mode);
        Process.Kill(other);
        return error;
    }
}
