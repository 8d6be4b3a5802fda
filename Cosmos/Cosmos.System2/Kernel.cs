using Cosmos.Core;
using Cosmos.Debug.Kernel;
using Cosmos.Runtime.Heap;

namespace Cosmos.System;

/// <summary>A kernel: derive from it, and the boot code makes one and starts it.</summary>
public abstract class Kernel
{
    /// <summary>Messages to the debug log.</summary>
    public readonly Debugger mDebugger = new("Kernel");

    /// <summary>Whether <see cref="Start"/> has been called.</summary>
    protected bool mStarted;

    /// <summary>Whether <see cref="Stop"/> has been called.</summary>
    protected bool mStopped;

    /// <summary>
    /// Boots, runs until <see cref="Stop"/>, and rests. An exception that nobody handles ends in a
    /// panic that shows where it was thrown.
    /// </summary>
    public virtual void Start()
    {
        if (mStarted)
        {
            mDebugger.SendError("The kernel was started twice.");
            return;
        }
        mStarted = true;
        OnBoot();
        BeforeRun();
        while (!mStopped)
        {
            Run();
            // Between two rounds nobody is in the midst of what a finaliser might touch.
            ManagedHeap.RunFinalizers();
        }
        AfterRun();
        while (true)
            CPU.Halt();
    }

    /// <summary>Ends the kernel when the present <see cref="Run"/> is over.</summary>
    public void Stop() => mStopped = true;

    /// <summary>Whether interrupts come in now.</summary>
    public static bool InterruptsEnabled => CPU.mInterruptsEnabled;

    /// <summary>Writes to the debug log.</summary>
    public static void PrintDebug(string message) => Global.mDebugger.Send(message);

    /// <summary>Brings the hardware up. A kernel that does this by itself overrides it.</summary>
    protected virtual void OnBoot() => Global.Init();

    /// <summary>Called once before the first <see cref="Run"/>.</summary>
    protected virtual void BeforeRun()
    {
    }

    /// <summary>Called again and again.</summary>
    protected abstract void Run();

    /// <summary>Called after the last <see cref="Run"/>.</summary>
    protected virtual void AfterRun()
    {
    }
}
