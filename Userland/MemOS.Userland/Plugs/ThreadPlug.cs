using System.Threading;
using IL2CPU.API.Attribs;

namespace MemOS.Userland.Plugs;

/// <summary><see cref="Thread"/>: what a program with one thread uses of it.</summary>
[Plug(Target = typeof(Thread))]
public static class ThreadPlug
{
    public static void Sleep(int millisecondsTimeout)
    {
        do
            Clock.Sleep((uint)millisecondsTimeout);
        while (millisecondsTimeout == Timeout.Infinite);
    }
}
