; Where the kernel enters a program to tell it something. See docs/abi.md, "Signals".
default rel

MARKER      equ 0x4D454D4F
BLOCK_BYTES equ 24                      ; room for SIGNAL_DONE, and RSP a multiple of 16 again

extern MemosOnSignal
global MemosSignalEntry

section .text align=16

; rdi = signal, rsi, rdx, rcx, r8 = its data; rsp as after a call, but nobody to return to. What is
; interrupted is in the kernel, registers and all, and is given back by SIGNAL_DONE, whose block
; the handler fills in.
align 16
entry:
    sub     rsp, BLOCK_BYTES
    mov     r9, rsp
    call    MemosOnSignal
    mov     rdi, rsp
    mov     eax, MARKER
    syscall
    ud2                             ; the call does not come back

; void *MemosSignalEntry(void)
align 16
MemosSignalEntry:
    lea     rax, [entry]
    ret
