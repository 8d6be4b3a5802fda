; The one way into the kernel. See docs/abi.md, "Calling".
default rel

MARKER  equ 0x4D454D4F              ; "MEMO": says which numbering the block speaks

section .text align=16

; void MemosSyscall(const void *block, SyscallResult *result)
;   block   code and arguments, packed
;   result  error code, then the six value registers, 8 bytes each
global MemosSyscall
align 16
MemosSyscall:
    push    rbx
    mov     rbx, rsi
    mov     eax, MARKER
    syscall                         ; clobbers rcx and r11
    mov     [rbx], rax
    mov     [rbx + 8], rdx
    mov     [rbx + 16], rdi
    mov     [rbx + 24], rsi
    mov     [rbx + 32], r8
    mov     [rbx + 40], r9
    mov     [rbx + 48], r10
    pop     rbx
    ret

; ulong MemosShortSyscall(const void *block, ulong *value): the error code; for calls that give at
; most one value, as the kernel leaves all else alone.
global MemosShortSyscall
align 16
MemosShortSyscall:
    mov     eax, MARKER
    syscall
    mov     [rsi], rdx
    ret
