using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Exceptions;

/// <summary>Calls of handlers; see Exceptions.asm for what each leaves on the stack.</summary>
internal static unsafe class Funclets
{
    [DoesNotReturn]
    [RuntimeImport("*", "CosmosCallCatch")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Catch(
        object exception, byte* handler, RegisterContext* frame, uint clause);

    [RuntimeImport("*", "CosmosCallFinally")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Finally(byte* handler, RegisterContext* frame, uint clause);

    [RuntimeImport("*", "CosmosCallFilter")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte Filter(object exception, byte* filter, RegisterContext* frame);

    [RuntimeImport("*", "CosmosFuncletReturns")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void GetReturns(void* three);
}
