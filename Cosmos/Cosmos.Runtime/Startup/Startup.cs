using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Runtime;

/// <summary>
/// From raw machine to <c>Main</c>: what must be true before ordinary C# can run.
/// </summary>
public static unsafe class Startup
{
    /// <summary>
    /// Initialises the thread block, the modules and their statics, then runs the image's entry.
    /// </summary>
    /// <returns>The exit code of the program; a kernel's entry seldom returns.</returns>
    public static int Run()
    {
        Platform.SetThreadPointer(ThreadBlock.Create(Image.MainThreadBlock()));
        int modules = (int)(Image.ModulesEnd() - Image.ModulesStart());
        nint* headers = Image.ModulesStart();
        // The handle of the image: one that is not zero, and no other's.
        InitializeModules((nint)headers, headers, modules,
            Image.ClasslibTable(), ModuleTable.ClasslibFunctions);
        RunLibraryInitialisers();
        return Main();
    }

    [RuntimeImport("*", "InitializeModules")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void InitializeModules(
        nint image, nint* headers, int count, nint* classlib, int classlibCount);

    [RuntimeImport("*", "__managed__Startup")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void RunLibraryInitialisers();

    [RuntimeImport("*", "__cosmos_main")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int Main();
}
