using System;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Isolation;

/// <summary>Tries to reach the kernel, another process and the hardware.</summary>
internal static class Program
{
    private const byte Secret = 42;

    // Where kernels of other systems keep their image, their memory or their page tables.
    private static readonly Address _kernelImage = new(0xFFFF_FFFF_8000_0000);
    private static readonly Address _kernelHalf = new(0xFFFF_8000_0000_0000);
    private static readonly Address _kernelTables = new(0xFFFF_F6FB_7DBE_D000);
    private static readonly Address _highest = new(0xFFFF_FFFF_FFFF_FFF0);
    private static readonly Address _notCanonical = new(0x8000_0000_0000_0000);
    private static readonly Address _biosData = new(0x400);

    private static int Main(string[] args)
    {
        using Pages secret = Memory.Allocate(Memory.PageBytes);
        secret[0] = Secret;
        string shown = args.Length > 1 ? args[1] : secret.Start.ToString();
        Address.TryParse(shown, out Address parents);
        Attempts attempts = new("isolation", shown)
        {
            { "read the kernel half", FaultKind.Read, () => Trespass.Read(_kernelHalf) },
            { "write the kernel half", FaultKind.Write, () => Trespass.Write(_kernelHalf) },
            { "jump to the kernel", FaultKind.Execute, () => Trespass.Execute(_kernelImage) },
            { "read page tables", FaultKind.Read, () => Trespass.Read(_kernelTables) },
            { "read the last bytes", FaultKind.Read, () => Trespass.Read(_highest) },
            { "read low memory", FaultKind.Read, () => Trespass.Read(_biosData) },
            { "read its parent's page", FaultKind.Read, () => Trespass.Read(parents) },
            { "write its parent's page", FaultKind.Write, () => Trespass.Write(parents) },
            { "use no address at all", FaultKind.Protection, () => Trespass.Read(_notCanonical) },
            { "in: read a port", FaultKind.Protection, Instructions.ReadPort },
            { "out: write a port", FaultKind.Protection, Instructions.WritePort },
            { "cli: stop interrupts", FaultKind.Protection, Instructions.DisableInterrupts },
            { "hlt: stop the machine", FaultKind.Protection, Instructions.Halt },
            { "mov rax, cr3", FaultKind.Protection, Instructions.ReadPageTableRoot },
            { "mov cr3, rax", FaultKind.Protection, Instructions.WritePageTableRoot },
            { "wrmsr: system call entry", FaultKind.Protection, Instructions.WriteModelRegister },
            { "lgdt: descriptor table", FaultKind.Protection, Instructions.LoadDescriptorTable },
            { "invlpg: drop a page", FaultKind.Protection, Instructions.InvalidatePage },
            { "int 8: double fault", FaultKind.Protection, Instructions.SoftwareInterrupt },
        };
        if (Instructions.HasUserModeInstructionPrevention() != 0)
            attempts.Add("sidt: where the table is", FaultKind.Protection,
                Instructions.StoreDescriptorTable);
        return attempts.Run(args, verdict =>
        {
            if (secret[0] != Secret)
                verdict.Fail("a child has written to its parent's page");
        });
    }
}
