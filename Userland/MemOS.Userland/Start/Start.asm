; Where the kernel lets a program begin.
default rel

section .text align=16

; At entry: rdi = arguments, UTF-8, each ended by a zero byte; rsi = their length in bytes;
;           rsp = top of the stack, 16-aligned.
global _start
extern MemosStart
align 16
_start:
    mov     rdx, rsp                ; the highest address the collector has to look at
    xor     ebp, ebp                ; no frame above this one
    call    MemosStart
    ud2                             ; MemosStart does not return
