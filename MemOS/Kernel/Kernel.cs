using Cosmos.Core;
using Cosmos.Runtime.Heap;
using MemOS.Audit;
using MemOS.Backers;
using MemOS.Bench;
using MemOS.Boot;
using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Processes;
using MemOS.Programs;
using MemOS.Syscalls;
using MemOS.Traps;

namespace MemOS;

/// <summary>MemOS from reset to the first process: where a reader starts.</summary>
public sealed class Kernel : Cosmos.System.Kernel
{
    // A plain kernel's devices and handlers are not for MemOS: BeforeRun brings up its own.
    protected override void OnBoot()
    {
    }

    /// <summary>Brings the machine up, in the order of what stands on what.</summary>
    protected override void BeforeRun()
    {
        // Objects are collected between two entries of the kernel, when no stack holds any.
        ManagedHeap.Mode = RootScan.EmptyStack;

        // Serial line and screen, as the boot loader left them.
        SystemConsole.Open();

        // SMEP, SMAP, UMIP, ...: whatever of the processor protects.
        CpuFeatures.Enable();

        // How to switch off: the firmware's tables are out of reach later.
        ACPI.Start();

        // All RAM, own page tables; the boot loader's are dropped.
        KernelMemory memory = KernelMemory.Start();

        // Screen and symbols, at their new places.
        SystemConsole.MoveTo(memory);

        // From here on every new object lives on pages of the virtual memory manager.
        HeapWindow.Open(memory);

        // Segments, interrupt gates and the way in for system calls.
        DescriptorTables.Load(memory);

        // What the boot menu asks for, and what was found.
        CommandLine.Read(memory);
        HeapCollection.Start();
        BootLog.Write(memory);

        // The archive that programs are started from.
        ProgramLibrary.Open(memory);

        // The screen and what is on the PCI buses, for programs to drive.
        DeviceTable.Start(memory);

        // Jobs, threads, processes and segments can be made.
        JobTable.Start(memory);
        Scheduler.Start(memory.Table.Root, memory.Random.Next());
        ProcessTable.Start(memory);

        // What performs instructions in the processor's place: its tables take long to make.
        AccessService.Start();

        // The check of all that.
        MachineAudit.Start(memory);

        // How system calls begin, and what is watched in them.
        MemoryShortage.Start();
        EntryMeter.Start();
        SyscallTable.Start(memory);

        // The first process, which starts all others.
        FirstProcess.Start();

        // Time, keyboard and serial line.
        Interrupts.Start();

        // From here on the screen is drawn in pieces, at ticks and while nothing else is to do.
        SystemConsole.DrawOnRefresh();

        // Before the first process runs, if the boot menu asks for it.
        if (CommandLine.Has("bench"))
            KernelHeapBench.Request();
    }

    /// <summary>Gives the processor to the scheduler for good.</summary>
    protected override void Run() => MachineCode.EnterScheduler();
}
