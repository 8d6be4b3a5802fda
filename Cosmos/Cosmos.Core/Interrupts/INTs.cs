using System.Runtime;
using Cosmos.Core.Boot;
using Cosmos.Core.Hardware;
using Cosmos.Core.Interrupts;
using Cosmos.Core.Memory;
using Cosmos.Core.Panics;
using Cosmos.Runtime.Exceptions;

namespace Cosmos.Core;

/// <summary>Interrupts and exceptions of a plain kernel.</summary>
/// <remarks>
/// Handlers run with interrupts off, in the midst of whatever was interrupted: they must not
/// allocate, as the heap may be what was interrupted.
/// </remarks>
public static unsafe partial class INTs
{
    private const int FirstIrqVector = 0x20;
    private const int IrqCount = 16;
    private const int Divide = 0;
    private const int PageFault = 14;

    private static IRQDelegate?[]? _handlers;

    /// <summary>Handles an interrupt; the context may be changed.</summary>
    public delegate void IRQDelegate(ref IRQContext aContext);

    /// <summary>Handles an exception and says whether the code goes on after it.</summary>
    public delegate void ExceptionInterruptDelegate(ref IRQContext aContext, ref bool aHandled);

    /// <summary>Called on #GP before the kernel gives up.</summary>
    public static event ExceptionInterruptDelegate? GeneralProtectionFault;

    /// <summary>Sets what runs on an interrupt; null takes it away.</summary>
    /// <param name="aIntNo">The vector, 0-255.</param>
    /// <param name="aHandler">The handler.</param>
    public static void SetIntHandler(byte aIntNo, IRQDelegate? aHandler)
    {
        _handlers ??= new IRQDelegate?[256];
        _handlers[aIntNo] = aHandler;
    }

    /// <summary>Sets what runs when a device raises its line, and lets the line through.</summary>
    /// <param name="aIrqNo">The line of the interrupt controllers, 0-15.</param>
    /// <param name="aHandler">The handler; the interrupt is acknowledged after it.</param>
    public static void SetIrqHandler(byte aIrqNo, IRQDelegate? aHandler)
    {
        SetIntHandler((byte)(FirstIrqVector + aIrqNo), aHandler);
        if (aHandler != null)
            PIC.Unmask(aIrqNo);
        else
            PIC.Mask(aIrqNo);
    }

    /// <summary>Holds a device's line back or lets it through.</summary>
    /// <param name="aIRQLine">The line of the interrupt controllers, 0-15.</param>
    /// <param name="aDoMask">Whether to hold it back.</param>
    public static void SetIRQMaskState(byte aIRQLine, bool aDoMask)
    {
        if (aDoMask)
            PIC.Mask(aIRQLine);
        else
            PIC.Unmask(aIRQLine);
    }

    /// <summary>
    /// Sets up the interrupt controllers and lets interrupts in. A kernel with interrupt handling
    /// of its own never calls this.
    /// </summary>
    public static void Start()
    {
        PIC.Remap(FirstIrqVector);
        Instruction.EnableInterrupts();
    }

    [RuntimeExport("CosmosInterrupt")]
    private static void Dispatch(IRQContext* context)
    {
        uint vector = (uint)context->Vector;
        if (vector is >= FirstIrqVector and < FirstIrqVector + IrqCount)
        {
            HandleIrq((byte)(vector - FirstIrqVector), context);
            return;
        }
        IRQDelegate? handler = _handlers?[vector];
        if (handler != null)
            handler(ref *context);
        else if (vector < FirstIrqVector)
            HandleException(vector, context);
    }

    private static void HandleIrq(byte line, IRQContext* context)
    {
        if (PIC.IsSpurious(line))
            return;
        _handlers?[FirstIrqVector + line]?.Invoke(ref *context);
        PIC.Acknowledge(line);
    }

    private static void HandleException(uint vector, IRQContext* context)
    {
        ulong address = Instruction.ReadCr2();
        bool inImage = KernelImage.Text.Contains(context->RIP);
        if (vector == PageFault && address < IdentityMap.NullArea && inImage)
        {
            Throw(HardwareFault.NullReference, context);
            return;
        }
        if (vector == Divide && inImage)
        {
            Throw(DivideFault.IsByZero(context)
                ? HardwareFault.DivideByZero
                : HardwareFault.Overflow, context);
            return;
        }
        if (vector == ExceptionNames.GeneralProtection && GeneralProtectionFault != null)
        {
            bool handled = false;
            GeneralProtectionFault(ref *context, ref handled);
            if (handled)
                return;
        }
        Panic.Fail(ExceptionNames.Describe(vector, address), Snapshot(context, address));
    }

    // The context is changed so that resuming it throws where the fault was.
    private static void Throw(HardwareFault fault, IRQContext* context) =>
        HardwareFaults.Redirect(
            fault, ref context->RIP, ref context->RSP, ref context->RDI, ref context->RSI,
            ref context->RDX);

    private static MachineState Snapshot(IRQContext* context, ulong address)
    {
        MachineState state = default;
        state.General[0] = context->RAX;
        state.General[1] = context->RBX;
        state.General[2] = context->RCX;
        state.General[3] = context->RDX;
        state.General[4] = context->RSI;
        state.General[5] = context->RDI;
        state.General[6] = context->RBP;
        state.General[7] = context->RSP;
        state.General[8] = context->R8;
        state.General[9] = context->R9;
        state.General[10] = context->R10;
        state.General[11] = context->R11;
        state.General[12] = context->R12;
        state.General[13] = context->R13;
        state.General[14] = context->R14;
        state.General[15] = context->R15;
        state.InstructionPointer = context->RIP;
        state.Flags = context->RFlags;
        state.FaultAddress = address;
        state.Vector = context->Vector;
        state.ErrorCode = context->ErrorCode;
        return state;
    }
}
