; The first and the last instructions of a thread. See docs/abi.md, CREATE_THREAD.
default rel

MARKER      equ 0x4D454D4F
EXIT_THREAD equ 0x6F

; ThreadRecord.cs
STATE       equ 0
RESULT      equ 4
WAKE_BLOCK  equ 8
ENDED       equ 1

section .rodata
exit:       db EXIT_THREAD, 0, 0, 0, 0

section .text align=16

; ulong MemosStartThread(const void *block, ThreadRecord *record, uint (*method)(ulong data))
; The error code; the method is given the data that the block has.
global MemosStartThread
align 16
MemosStartThread:
    push    rbx
    push    r12
    mov     rbx, rsi
    mov     r12, rdx
    mov     eax, MARKER
    syscall
    test    rax, rax
    jnz     .started
    test    rdi, rdi
    jnz     .in_thread
.started:
    pop     r12
    pop     rbx
    ret

; The new thread, with registers as above and a stack of its own.
.in_thread:
    mov     rdi, rsi                ; the data
    xor     ebp, ebp                ; ends the chain of frames
    call    r12
    mov     [rbx + RESULT], eax
    mov     dword [rbx + STATE], ENDED
    ; Whoever waits may free the stack from here on; the record stays.
    lea     rdi, [rbx + WAKE_BLOCK]
    mov     eax, MARKER
    syscall
    lea     rdi, [exit]
    mov     eax, MARKER
    syscall
    ud2                             ; the call does not come back
