using System.Runtime.InteropServices;

namespace Cosmos.Core;

public static partial class INTs
{
    /// <summary>What the interrupted code had in its registers; changes take effect.</summary>
    /// <remarks>The layout is that of Stubs.asm, lowest address first.</remarks>
    [StructLayout(LayoutKind.Sequential)]
    public struct IRQContext
    {
        public ulong R15;
        public ulong R14;
        public ulong R13;
        public ulong R12;
        public ulong R11;
        public ulong R10;
        public ulong R9;
        public ulong R8;
        public ulong RDI;
        public ulong RSI;
        public ulong RBP;
        public ulong RBX;
        public ulong RDX;
        public ulong RCX;
        public ulong RAX;

        /// <summary>Number of the interrupt.</summary>
        public ulong Vector;

        /// <summary>Error code of an exception, 0 where it has none.</summary>
        public ulong ErrorCode;

        public ulong RIP;
        public ulong CS;
        public ulong RFlags;
        public ulong RSP;
        public ulong SS;

        /// <summary>Number of the interrupt.</summary>
        public readonly uint Interrupt => (uint)Vector;

        /// <summary>Error code of an exception, 0 where it has none.</summary>
        public readonly uint Param => (uint)ErrorCode;

        /// <summary>RFLAGS.</summary>
        public EFlagsEnum EFlags
        {
            readonly get => (EFlagsEnum)RFlags;
            set => RFlags = (uint)value;
        }

        /// <summary>Low half of RIP.</summary>
        public readonly uint EIP => (uint)RIP;

        /// <summary>Low half of RSP.</summary>
        public readonly uint ESP => (uint)RSP;

        /// <summary>Low half of RSP.</summary>
        public readonly uint UserESP => (uint)RSP;

        /// <summary>Low half of RBP.</summary>
        public uint EBP { readonly get => (uint)RBP; set => RBP = value; }

        /// <summary>Low half of RAX.</summary>
        public uint EAX { readonly get => (uint)RAX; set => RAX = value; }

        /// <summary>Low half of RBX.</summary>
        public uint EBX { readonly get => (uint)RBX; set => RBX = value; }

        /// <summary>Low half of RCX.</summary>
        public uint ECX { readonly get => (uint)RCX; set => RCX = value; }

        /// <summary>Low half of RDX.</summary>
        public uint EDX { readonly get => (uint)RDX; set => RDX = value; }

        /// <summary>Low half of RSI.</summary>
        public uint ESI { readonly get => (uint)RSI; set => RSI = value; }

        /// <summary>Low half of RDI.</summary>
        public uint EDI { readonly get => (uint)RDI; set => RDI = value; }
    }
}
