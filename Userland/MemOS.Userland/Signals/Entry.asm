; Where the kernel enters a program to tell it something. See docs/abi.md, "Signals".
default rel

MARKER      equ 0x4D454D4F
SIGNAL_DONE equ 0x05

extern MemosOnSignal
global MemosSignalEntry

section .rodata
done:       db SIGNAL_DONE

section .text align=16

; rdi = signal, rsi, rdx, rcx, r8 = its data; rsp as after a call, but nobody to return to. What is
; interrupted is in the kernel, registers and all, and is given back by SIGNAL_DONE.
align 16
entry:
    sub     rsp, 8
    call    MemosOnSignal
    lea     rdi, [done]
    mov     eax, MARKER
    syscall
    ud2                             ; the call does not come back

; void *MemosSignalEntry(void)
align 16
MemosSignalEntry:
    lea     rax, [entry]
    ret
