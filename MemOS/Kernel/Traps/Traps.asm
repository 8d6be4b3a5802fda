; Every way into the kernel and the one way out (architecture decision D4).
;
; From ring 3 the processor's first push lands in the context of the running thread, whose end the
; task state segment names; for SYSCALL the Cpu block names its start. There is one kernel stack,
; and it is empty whenever a program runs.
;
; A context, from its start (ThreadContext.cs):
;   0    x87 and SSE state, 512 bytes
;   512  r15 r14 r13 r12 r11 r10 r9 r8 rdi rsi rbp rbx rdx rcx rax
;   632  vector, error code
;   648  rip cs rflags rsp ss           ends at 688, a multiple of 16
default rel

extern MemosDispatch, MemosSyscall, MemosMeasuredSyscall, MemosNext, MemosKernelTrap
extern MemosContinue, MemosEndEntry, MemosEmptyStackWork
global MemosTrapEntries, MemosSyscallEntry, MemosMeasuredEntry, MemosEnterScheduler

FPU_BYTES       equ 512
ENTRY_BYTES     equ 16                  ; DescriptorTables.cs counts on it
KERNEL_FLAGS    equ 2                   ; interrupts off, and above all AC: SMAP holds

; The Cpu block behind GS (Cpu.cs), where the thread data of the kernel's C# ends.
CPU_CONTEXT     equ 8                   ; the running thread's context
CPU_STACK       equ 16                  ; top of the kernel stack
CPU_SCRATCH     equ 24
CPU_WORK        equ 32                  ; not zero: something waits for the empty stack
EMPTY_STACK     equ 1                   ; in it: work of the kernel's own
MEASUREMENT     equ 4                   ; in it: the entry is measured
CPU_PAUSE       equ 40                  ; not zero: there is more to do, after a pause

; Places in a context that are named one by one.
CONTEXT_R15     equ 512
CONTEXT_R14     equ 520
CONTEXT_R13     equ 528
CONTEXT_R12     equ 536
CONTEXT_R10     equ 552
CONTEXT_R9      equ 560
CONTEXT_R8      equ 568
CONTEXT_RDI     equ 576
CONTEXT_RSI     equ 584
CONTEXT_RBP     equ 592
CONTEXT_RBX     equ 600
CONTEXT_RDX     equ 608
CONTEXT_RAX     equ 624
CONTEXT_RIP     equ 648
CONTEXT_RFLAGS  equ 664
CONTEXT_RSP     equ 672

section .rodata align=4
default_mxcsr:  dd 0x1F80               ; all SSE exceptions masked

section .text align=16

%macro PUSH_REGISTERS 0
        push    rax
        push    rcx
        push    rdx
        push    rbx
        push    rbp
        push    rsi
        push    rdi
        push    r8
        push    r9
        push    r10
        push    r11
        push    r12
        push    r13
        push    r14
        push    r15
%endmacro

%macro POP_REGISTERS 0
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     r11
        pop     r10
        pop     r9
        pop     r8
        pop     rdi
        pop     rsi
        pop     rbp
        pop     rbx
        pop     rdx
        pop     rcx
        pop     rax
%endmacro

; --- Ways in ----------------------------------------------------------------------------------
; Exceptions for which the CPU pushes an error code: Intel SDM 3A, table 6-1.

align ENTRY_BYTES
trap_entries:
%assign vector 0
%rep 256
align ENTRY_BYTES
  %if !(vector = 8 || (vector >= 10 && vector <= 14) || vector = 17 || vector = 21 || vector = 29 || vector = 30)
        push    0
  %endif
        push    dword vector
        jmp     near trap_common
  %assign vector vector + 1
%endrep

; SYSCALL has put RIP in RCX and RFLAGS in R11, and cleared the flags that MSR FMASK names: all that
; the kernel minds. The registers that C# keeps stay where they are and are saved only if another
; thread is next; CS and SS in the context are always the same.
%macro SYSCALL_ENTRY 1                ; what handles the call
        swapgs
        mov     [gs:CPU_SCRATCH], rsp
        mov     rsp, [gs:CPU_CONTEXT]
        mov     [rsp + CONTEXT_RIP], rcx
        mov     [rsp + CONTEXT_RFLAGS], r11
        mov     rcx, [gs:CPU_SCRATCH]
        mov     [rsp + CONTEXT_RSP], rcx
        mov     [rsp + CONTEXT_RAX], rax
        mov     [rsp + CONTEXT_RDX], rdx
        mov     [rsp + CONTEXT_RDI], rdi
        mov     [rsp + CONTEXT_RSI], rsi
        mov     [rsp + CONTEXT_R8], r8
        mov     [rsp + CONTEXT_R9], r9
        mov     [rsp + CONTEXT_R10], r10
        mov     [rsp + CONTEXT_RBP], rbp
        mov     rdi, rsp
        fxsave64 [rsp]
        mov     rsp, [gs:CPU_STACK]
        fninit                          ; no program's rounding or exceptions in the kernel
        ldmxcsr [default_mxcsr]
        xor     ebp, ebp                ; ends the chain of frames for backtraces
        call    %1
        test    eax, eax
        jnz     leave_caller

        mov     rsp, [gs:CPU_CONTEXT]
        fxrstor64 [rsp]
        mov     rcx, [rsp + CONTEXT_RIP]
        mov     r11, [rsp + CONTEXT_RFLAGS]
        mov     rax, [rsp + CONTEXT_RAX]
        mov     rdx, [rsp + CONTEXT_RDX]
        mov     rdi, [rsp + CONTEXT_RDI]
        mov     rsi, [rsp + CONTEXT_RSI]
        mov     r8, [rsp + CONTEXT_R8]
        mov     r9, [rsp + CONTEXT_R9]
        mov     r10, [rsp + CONTEXT_R10]
        mov     rbp, [rsp + CONTEXT_RBP]
        mov     rsp, [rsp + CONTEXT_RSP]
        swapgs
        o64 sysret                      ; RIP is canonical: see Placement.Bounds
%endmacro

align 16
MemosSyscallEntry_code:
        SYSCALL_ENTRY MemosSyscall

; The same in a kernel that measures how long its entries are.
align 16
MemosMeasuredEntry_code:
        SYSCALL_ENTRY MemosMeasuredSyscall

; The caller has to wait, or something comes first. A thread that has ended has given its context
; back, but no one else has got it yet.
leave_caller:
        mov     rdi, [gs:CPU_CONTEXT]
        mov     [rdi + CONTEXT_RBX], rbx
        mov     [rdi + CONTEXT_R12], r12
        mov     [rdi + CONTEXT_R13], r13
        mov     [rdi + CONTEXT_R14], r14
        mov     [rdi + CONTEXT_R15], r15
        call    MemosNext
        jmp     resume

align 16
trap_common:
        test    byte [rsp + 24], 3      ; the ring that CS names
        jz      trap_in_kernel
        PUSH_REGISTERS
        swapgs
        lea     rdi, [rsp - FPU_BYTES]
        fxsave64 [rdi]
        mov     rsp, [gs:CPU_STACK]
        push    KERNEL_FLAGS
        popfq
        fninit                          ; no program's rounding or exceptions in the kernel
        ldmxcsr [default_mxcsr]
        xor     ebp, ebp                ; ends the chain of frames for backtraces
        call    MemosDispatch

; --- The way out ------------------------------------------------------------------------------
; RAX = the context to resume, or 0 when nothing is ready. The kernel stack is empty.

resume:
        cmp     dword [gs:CPU_WORK], 0
        jne     empty_stack_work
        test    rax, rax
        jz      idle
        fxrstor64 [rax]
        lea     rsp, [rax + FPU_BYTES]
        swapgs
        POP_REGISTERS
        add     rsp, 16                 ; vector and error code
        iretq

; What the kernel does on its own account is no part of the entry that it follows: interrupts that
; wait are let in before, by trap_in_kernel. Nothing is half done here, and whoever was chosen to be
; resumed is chosen anew.
empty_stack_work:
        test    dword [gs:CPU_WORK], EMPTY_STACK
        jz      .errand
        test    dword [gs:CPU_WORK], MEASUREMENT
        jz      .let_in
        call    MemosEndEntry
.let_in:
        sti
        nop
        cli
.errand:
        call    MemosEmptyStackWork
        jmp     resume

; The interrupt that ends HLT comes by trap_in_kernel and returns here.
idle:
        cmp     dword [gs:CPU_PAUSE], 0
        jne     pause_for_interrupts
        sti
        hlt
        cli
        call    MemosNext
        jmp     resume

; Interrupts that wait are let in behind the instruction after STI, by trap_in_kernel as well.
pause_for_interrupts:
        sti
        nop
        cli
        call    MemosContinue
        jmp     resume

align 16
MemosEnterScheduler:
        cli
        mov     rsp, [gs:CPU_STACK]
        xor     ebp, ebp
        call    MemosNext
        jmp     resume

; --- Traps in ring 0 --------------------------------------------------------------------------
; An interrupt while the machine idles, or an exception in kernel code: a null reference that C#
; will catch, or a bug. The picture on the stack is the same as above.

align 16
trap_in_kernel:
        PUSH_REGISTERS
        mov     rdi, rsp
        mov     rbx, rsp                ; callees keep it
        sub     rsp, FPU_BYTES
        and     rsp, -16
        fxsave64 [rsp]
        cld
        call    MemosKernelTrap
        fxrstor64 [rsp]
        mov     rsp, rbx
        POP_REGISTERS
        add     rsp, 16
        iretq

; --- Addresses --------------------------------------------------------------------------------

align 16
MemosTrapEntries:
        lea     rax, [trap_entries]
        ret

align 16
MemosSyscallEntry:
        lea     rax, [MemosSyscallEntry_code]
        ret

align 16
MemosMeasuredEntry:
        lea     rax, [MemosMeasuredEntry_code]
        ret
