; The 256 interrupt entries of a plain kernel. Each entry leaves the same picture on the stack
; (INTs.IRQContext in C#) and calls CosmosInterrupt with its address. All registers are kept, the
; x87 and SSE state too, because C# uses them freely.
default rel

extern CosmosInterrupt
global CosmosInterruptStubs

ENTRY_BYTES     equ 16                  ; InterruptTable.cs counts on it
FPU_BYTES       equ 512

; Exceptions for which the CPU pushes an error code (Intel SDM 3A, table 6-1).

section .text align=16

align ENTRY_BYTES
interrupt_entries:
%assign vector 0
%rep 256
align ENTRY_BYTES
  %assign has_code (vector = 8 || vector >= 10 && vector <= 14 || vector = 17 || vector = 21)
  %if !(has_code || vector = 29 || vector = 30)
        push    0
  %endif
        push    dword vector
        jmp     near interrupt_common
  %assign vector vector + 1
%endrep

align 16
interrupt_common:
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
        mov     rdi, rsp
        mov     rbx, rsp                ; callees keep it
        sub     rsp, FPU_BYTES
        and     rsp, -16
        fxsave64 [rsp]
        cld
        call    CosmosInterrupt
        fxrstor64 [rsp]
        mov     rsp, rbx
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
        add     rsp, 16                 ; vector and error code
        iretq

align 16
CosmosInterruptStubs:
        lea     rax, [interrupt_entries]
        ret
