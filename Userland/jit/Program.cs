using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Syscalls;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Jit;

/// <summary>Compiles into its own pages, runs that, and cannot change it any more.</summary>
internal static class Program
{
    /// <summary>Has the program do nothing, for ever.</summary>
    internal const string Idle = "idle";

    private static readonly int[] _polynomial = [3, -5, 7];

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct FillBlock(Address start, ulong bytes)
    {
        private readonly SyscallCode _code = SyscallCode.FillRandom;
        private readonly ulong _start = start.Value;
        private readonly ulong _bytes = bytes;
    }

    private static int Main(string[] args)
    {
        while (args is [Idle])
            Clock.Sleep(1000);
        bool isRight = args.Length != 0 || Show();
        return new Attempts("jit")
        {
            { "run it while it is data", FaultKind.Execute,
                () => Trespass.Execute(Data().Written) },
            { "map data to run as well", ErrorCode.NotPermitted,
                () => Data().Map(MappingRights.Execute) },
            { "write to the code", FaultKind.Write, () => Trespass.Write(Code().Code) },
            { "write where it was data", FaultKind.Write, () => Trespass.Write(Code().Written) },
            { "map it to write", ErrorCode.NotPermitted,
                () => Code().Map(MappingRights.Write) },
            { "map a copy to write", ErrorCode.NotPermitted,
                () => Code().Map(MappingRights.Write | MappingRights.CopyOnWrite) },
            { "let another write", ErrorCode.NotPermitted,
                () => Code().Share(SharingMode.Read | SharingMode.Write) },
            { "have the kernel write", ErrorCode.NotPermitted, () => Fill(Code().Code) },
        }.Run(args, verdict =>
        {
            if (!isRight)
                verdict.Fail("the code gave another value than C#");
        });
    }

    private static CodePage Data() => new(Compiler.Compile(_polynomial));

    private static CodePage Code() => Data().Seal();

    private static ErrorCode Fill(Address start) =>
        Syscall.Invoke(new FillBlock(start, sizeof(ulong))).Error;

    private static bool Show()
    {
        List<Instruction> program = Compiler.Compile(_polynomial);
        Console.WriteLine("3x\u00B2 - 5x + 7, compiled by this program:");
        foreach (Instruction instruction in program)
        {
            string bytes = string.Join(' ', instruction.Code.Select(one => $"{one:x2}"));
            Console.WriteLine($"  {Palette.Quiet(bytes.PadRight(16))}{instruction.Text}");
        }
        CodePage page = new(program);
        Address written = page.Written;
        page.Seal();
        Console.WriteLine($"written as data at {written}, run as code at {page.Code}\n");
        int[] numbers = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
        Table table = new(["x", .. numbers.Select(x => x.ToString())]);
        for (int column = 1; column <= numbers.Length; column++)
            table.AlignRight(column);
        table.Add(["that code", .. numbers.Select(x => page.Run(x).ToString())]);
        table.Add(
            ["C#", .. numbers.Select(x => Compiler.Evaluate(_polynomial, x).ToString())]);
        Console.Write(table);
        Console.WriteLine();
        return numbers.All(x => page.Run(x) == Compiler.Evaluate(_polynomial, x));
    }
}
