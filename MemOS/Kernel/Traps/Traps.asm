; Every way into the kernel and the one way out (architecture decision D4).
;
; From ring 3 the processor's first push lands in the context of the running thread: the task
; state segment and, for SYSCALL, the Cpu block name the end of its frame. There is one kernel
; stack, and it is empty whenever a program runs.
;
; A context, from its start (ThreadContext.cs):
;   0    x87 and SSE state, 512 bytes
;   512  r15 r14 r13 r12 r11 r10 r9 r8 rdi rsi rbp rbx rdx rcx rax
;   632  vector, error code
;   648  rip cs rflags rsp ss           ends at 688, a multiple of 16
default rel

extern MemosDispatch, MemosIdle, MemosKernelTrap, MemosEmptyStackWork
global MemosTrapEntries, MemosSyscallEntry, MemosEnterScheduler

FPU_BYTES       equ 512
ENTRY_BYTES     equ 16                  ; DescriptorTables.cs counts on it
SYSCALL_VECTOR  equ 256                 ; no vector of the processor: see Vector.cs
USER_DATA       equ 0x1B
USER_CODE       equ 0x23
KERNEL_FLAGS    equ 2                   ; interrupts off, and above all AC: SMAP holds

; The Cpu block behind GS (Cpu.cs), where the thread data of the kernel's C# ends.
CPU_FRAME_END   equ 8                   ; end of the running context's frame
CPU_STACK       equ 16                  ; top of the kernel stack
CPU_SCRATCH     equ 24
CPU_WORK        equ 32                  ; not zero: something waits for the empty stack

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

align 16
MemosSyscallEntry_code:
        swapgs
        mov     [gs:CPU_SCRATCH], rsp
        mov     rsp, [gs:CPU_FRAME_END]
        push    USER_DATA
        push    qword [gs:CPU_SCRATCH]
        push    r11
        push    USER_CODE
        push    rcx
        push    0
        push    SYSCALL_VECTOR
        PUSH_REGISTERS
        jmp     enter_kernel

align 16
trap_common:
        test    byte [rsp + 24], 3      ; the ring that CS names
        jz      trap_in_kernel
        PUSH_REGISTERS
        swapgs
enter_kernel:
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

empty_stack_work:
        call    MemosEmptyStackWork
        jmp     resume

; The interrupt that ends HLT comes by trap_in_kernel and returns here.
idle:
        sti
        hlt
        cli
        call    MemosIdle
        jmp     resume

align 16
MemosEnterScheduler:
        cli
        mov     rsp, [gs:CPU_STACK]
        xor     ebp, ebp
        call    MemosIdle
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
