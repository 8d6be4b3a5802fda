; A thread without a stack: it makes one call, tells of it, and ends. See ThreadPlace.cs.
default rel

MARKER      equ 0x4D454D4F

; ThreadPlace.cs
STATE       equ 0
RESULT      equ 4
WAIT_BLOCK  equ 8
WAKE_BLOCK  equ 32
EXIT_BLOCK  equ 48
ENDED       equ 2

section .text align=16

; uint64_t ModeltestStartWaiter(const void *create, ThreadPlace *place)
; The error of the call that makes the thread.
global ModeltestStartWaiter
align 16
ModeltestStartWaiter:
    push    rbx
    mov     rbx, rsi
    mov     eax, MARKER
    syscall
    test    rax, rax
    jnz     .back
    test    rdi, rdi
    jnz     .in_thread
.back:
    pop     rbx
    ret

.in_thread:
    lea     rdi, [rbx + WAIT_BLOCK]
    mov     eax, MARKER
    syscall
    mov     [rbx + RESULT], eax
    mov     dword [rbx + STATE], ENDED
    lea     rdi, [rbx + WAKE_BLOCK]
    mov     eax, MARKER
    syscall
    lea     rdi, [rbx + EXIT_BLOCK]
    mov     eax, MARKER
    syscall
    ud2                             ; the call does not come back
