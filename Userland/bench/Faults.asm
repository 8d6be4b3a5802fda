; Memory faults, told to a handler that does next to nothing, and pages that one supplies.
default rel

MARKER              equ 0x4D454D4F
SIGNAL_DONE         equ 0x05
SET_THREAD_POINTER  equ 0xE9
PAGE_BYTES          equ 4096

section .data
done:       db SIGNAL_DONE, 0
page:       dq 0                    ; what is supplied
set_base:   db SET_THREAD_POINTER
base:       dq 0
remaining:  dq 0

section .text align=16

; void BenchFaults(uint64_t count, const void *hole)
; Reads from the hole; each fault is told to the handler, and the reading is tried again. The last
; time, the handler takes a page off the base of FS, which is part of the address.
global BenchFaults
align 16
BenchFaults:
    push    rbx
    mov     [remaining], rdi
    mov     rbx, [fs:0]             ; the base itself
    lea     rax, [rbx - PAGE_BYTES]
    mov     [base], rax
    sub     rsi, rbx
    mov     al, [fs:rsi]
    mov     [base], rbx
    lea     rdi, [set_base]
    mov     eax, MARKER
    syscall
    pop     rbx
    ret

align 16
handler:
    dec     qword [remaining]
    jnz     .done
    lea     rdi, [set_base]
    mov     eax, MARKER
    syscall
.done:
    lea     rdi, [done]
    mov     eax, MARKER
    syscall
    ud2

; void *BenchFaultHandler(void)
global BenchFaultHandler
align 16
BenchFaultHandler:
    lea     rax, [handler]
    ret

align 16
supply:
    lea     rdi, [done]
    mov     eax, MARKER
    syscall
    ud2

; void *BenchSupplyHandler(const void *page)
; A handler that supplies copies of a page.
global BenchSupplyHandler
align 16
BenchSupplyHandler:
    mov     [page], rdi
    lea     rax, [supply]
    ret
