; Instructions that C# has no words for, one function each. System V ABI: arguments in rdi, rsi,
; rdx, rcx; result in rax.
default rel

section .text align=16

%macro FUNCTION 1
global %1
align 16
%1:
%endmacro

; --- Ports: (port), or (port, value) ---

FUNCTION CosmosIn8
        mov     edx, edi
        xor     eax, eax
        in      al, dx
        ret
FUNCTION CosmosIn16
        mov     edx, edi
        xor     eax, eax
        in      ax, dx
        ret
FUNCTION CosmosIn32
        mov     edx, edi
        in      eax, dx
        ret
FUNCTION CosmosOut8
        mov     edx, edi
        mov     eax, esi
        out     dx, al
        ret
FUNCTION CosmosOut16
        mov     edx, edi
        mov     eax, esi
        out     dx, ax
        ret
FUNCTION CosmosOut32
        mov     edx, edi
        mov     eax, esi
        out     dx, eax
        ret

; --- The processor ---

FUNCTION CosmosHalt
        hlt
        ret
FUNCTION CosmosBreak
        int3
        ret
FUNCTION CosmosEnableInterrupts
        sti
        ret
FUNCTION CosmosDisableInterrupts
        cli
        ret
; Enables interrupts and halts, with no gap in which a wake-up could get lost.
FUNCTION CosmosWaitForInterrupt
        sti
        hlt
        ret
FUNCTION CosmosReadFlags
        pushfq
        pop     rax
        ret
FUNCTION CosmosReadTimestamp
        rdtsc
        shl     rdx, 32
        or      rax, rdx
        ret
; (leaf, subleaf, uint* four results: eax, ebx, ecx, edx)
FUNCTION CosmosCpuid
        push    rbx
        mov     r8, rdx
        mov     eax, edi
        mov     ecx, esi
        cpuid
        mov     [r8], eax
        mov     [r8 + 4], ebx
        mov     [r8 + 8], ecx
        mov     [r8 + 12], edx
        pop     rbx
        ret
FUNCTION CosmosReadMsr
        mov     ecx, edi
        rdmsr
        shl     rdx, 32
        or      rax, rdx
        ret
FUNCTION CosmosWriteMsr
        mov     ecx, edi
        mov     eax, esi
        mov     rdx, rsi
        shr     rdx, 32
        wrmsr
        ret
; (ulong* result): 1 when the CPU had a random number ready
FUNCTION CosmosRdRand
        xor     eax, eax
        rdrand  rdx
        setc    al
        mov     [rdi], rdx
        ret
FUNCTION CosmosRdSeed
        xor     eax, eax
        rdseed  rdx
        setc    al
        mov     [rdi], rdx
        ret
FUNCTION CosmosReadCr0
        mov     rax, cr0
        ret
FUNCTION CosmosReadCr2
        mov     rax, cr2
        ret
FUNCTION CosmosReadCr3
        mov     rax, cr3
        ret
FUNCTION CosmosWriteCr3
        mov     cr3, rdi
        ret
FUNCTION CosmosReadCr4
        mov     rax, cr4
        ret
FUNCTION CosmosReadFramePointer
        mov     rax, rbp
        ret

; --- Tables ---

; (pointer to limit and base)
FUNCTION CosmosLoadIdt
        lidt    [rdi]
        ret
; (pointer to limit and base): the code selector is 8, the data selector 16, the TSS 24
FUNCTION CosmosLoadGdt
        lgdt    [rdi]
        push    8
        lea     rax, [.reload]
        push    rax
        retfq
.reload:
        mov     eax, 16
        mov     ds, eax
        mov     es, eax
        mov     ss, eax
        mov     eax, 24                 ; FS and GS stay: their bases are set through MSRs
        ltr     ax
        ret
; An empty table makes the next fault a triple fault, which resets the machine.
FUNCTION CosmosTripleFault
        lidt    [empty_table]
        int3

section .rodata
empty_table:
        dw      0
        dq      0
section .text

; --- What the boot stub laid out ---

%macro ADDRESS_OF 2
extern %2
FUNCTION %1
        lea     rax, [%2]
        ret
%endmacro

ADDRESS_OF CosmosStackTopAddress,     CosmosBootStackTop
ADDRESS_OF CosmosStackBottomAddress,  CosmosBootStackBottom
ADDRESS_OF CosmosEarlyPagesAddress,   CosmosEarlyPages
ADDRESS_OF CosmosEarlyPagesEndAddress, CosmosEarlyPagesEnd
ADDRESS_OF CosmosImageLayoutAddress,  CosmosImageLayout
ADDRESS_OF CosmosBootSeedAddress,     CosmosBootSeed
ADDRESS_OF CosmosTypesStart,          __types_start
ADDRESS_OF CosmosTypesEnd,            __hydrated_end

; --- The image as the loader brought it: only for Boot/Placement ---

ADDRESS_OF CosmosTextStart,           __text_start
ADDRESS_OF CosmosConstantsStart,      __rodata_start
ADDRESS_OF CosmosDataStart,           __data_start
ADDRESS_OF CosmosBssStart,            __bss_start
ADDRESS_OF CosmosBssEnd,              __bss_end
ADDRESS_OF CosmosBootTablesAddress,   CosmosBootTables
ADDRESS_OF CosmosStackGuardAddress,   CosmosStackGuard
ADDRESS_OF CosmosArrivalAddress,      CosmosArrival
