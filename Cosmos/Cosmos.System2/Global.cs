using Cosmos.Core;
using Cosmos.Debug.Kernel;
using Cosmos.System.Terminals;

namespace Cosmos.System;

/// <summary>What a kernel has one of.</summary>
public static class Global
{
    /// <summary>Messages of the system to the debug log.</summary>
    public static readonly Debugger mDebugger = new("System");

    /// <summary>The same, as newer gen2 kernels name it.</summary>
    public static Debugger Debugger => mDebugger;

    /// <summary>Whether the number pad types digits.</summary>
    public static bool NumLock
    {
        get => KeyboardManager.NumLock;
        set => KeyboardManager.NumLock = value;
    }

    /// <summary>Whether letters are capital.</summary>
    public static bool CapsLock
    {
        get => KeyboardManager.CapsLock;
        set => KeyboardManager.CapsLock = value;
    }

    /// <summary>Whether scroll lock is on.</summary>
    public static bool ScrollLock
    {
        get => KeyboardManager.ScrollLock;
        set => KeyboardManager.ScrollLock = value;
    }

    /// <summary>Brings up interrupts, screen and keyboard.</summary>
    public static void Init()
    {
        TerminalSetup.Run();
        Bootstrap.Init();
        KeyboardManager.Start();
    }
}
