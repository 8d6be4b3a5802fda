; Threads without stacks, as many as there can be.
default rel

MARKER      equ 0x4D454D4F

section .text align=16

; uint64_t SignaltestFill(const void *create, const void *wait, uint64_t *count)
; Makes threads by the first block until that fails; each makes the second call for ever. Gives the
; error, and how many there are.
global SignaltestFill
align 16
SignaltestFill:
    push    rbx
    push    r12
    push    r13
    mov     rbx, rdi
    mov     r12, rsi
    mov     r13, rdx
.next:
    mov     rdi, rbx
    mov     eax, MARKER
    syscall
    test    rax, rax
    jnz     .full
    test    rdi, rdi
    jnz     .in_thread
    inc     qword [r13]
    jmp     .next
.full:
    pop     r13
    pop     r12
    pop     rbx
    ret

.in_thread:
    mov     rdi, r12
    mov     eax, MARKER
    syscall
    jmp     .in_thread
