; System calls with every register set to anything, the stack pointer too; and code for handlers and
; threads that needs no stack. HostileCall.cs has the layout.
default rel

MARKER        equ 0x4D454D4F
USUAL_FLAGS   equ 0x202
FLAGS_AT      equ 128
CREATE_THREAD equ 0x60
IN_NEW_THREAD equ 1

section .data align=16
frame:        dq 0                      ; the registers of the call under way
stack:        dq 0                      ; RSP of the C# that makes it
flags:        dq USUAL_FLAGS
result:       dq 0                      ; R11, which holds the flags after a call
code:         dq 0                      ; the code of the call, or 0
tolerance:    dq 64                     ; signals that are still answered

signal_done:  db 0x05, 0
answer_data:  dq 0
hand_over:    db 0x56
sleep_short:  db 0xEB
              dd 1
exit_thread:  db 0x6F
              dd 0
exit:         db 0x5F
              dq 0

section .text align=16

; void FuzzCall(ulong *registers, uint8_t code): RAX RBX RCX RDX RSI RDI RBP RSP R8 to R15, flags.
; In them afterwards: what the call left there. A thread that the call makes never comes back.
global FuzzCall
align 16
FuzzCall:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        movzx   esi, sil
        mov     [code], rsi
        mov     [frame], rdi
        mov     [stack], rsp
        push    qword [rdi + FLAGS_AT]
        popfq
        mov     rax, [rdi]
        mov     rbx, [rdi + 8]
        mov     rcx, [rdi + 16]
        mov     rdx, [rdi + 24]
        mov     rsi, [rdi + 32]
        mov     rbp, [rdi + 48]
        mov     rsp, [rdi + 56]
        mov     r8, [rdi + 64]
        mov     r9, [rdi + 72]
        mov     r10, [rdi + 80]
        mov     r11, [rdi + 88]
        mov     r12, [rdi + 96]
        mov     r13, [rdi + 104]
        mov     r14, [rdi + 112]
        mov     r15, [rdi + 120]
        mov     rdi, [rdi + 40]
        syscall
        mov     rcx, [frame]
        mov     [rcx], rax
        mov     [rcx + 8], rbx
        mov     [rcx + 24], rdx
        mov     [rcx + 32], rsi
        mov     [rcx + 40], rdi
        mov     [rcx + 48], rbp
        mov     [rcx + 56], rsp
        mov     [rcx + 64], r8
        mov     [rcx + 72], r9
        mov     [rcx + 80], r10
        cmp     qword [code], CREATE_THREAD
        jne     .back
        test    rax, rax
        jnz     .back
        cmp     rdi, IN_NEW_THREAD
        je      thread
.back:
        mov     rsp, [stack]
        push    qword [flags]
        popfq
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

; A thread: makes a few calls and ends. What it wrote to the frame is as the maker's call left it
; but for RDI and RSP, which the maker does not look at.
thread:
        mov     ebx, 8
.next:
        lea     rdi, [hand_over]
        mov     eax, MARKER
        syscall
        lea     rdi, [sleep_short]
        mov     eax, MARKER
        syscall
        dec     ebx
        jnz     .next
        lea     rdi, [exit_thread]
        mov     eax, MARKER
        syscall
        ud2

; A handler of signals: answers as many as it may, then ends the process. It changes what it
; answers, and uses no stack.
align 16
handler:
        dec     qword [tolerance]
        js      .end
        add     qword [answer_data], 4096
        inc     byte [signal_done + 1]
        and     byte [signal_done + 1], 3
        lea     rdi, [hand_over]
        mov     eax, MARKER
        syscall
        lea     rdi, [signal_done]
        mov     eax, MARKER
        syscall
        ud2
.end:
        lea     rdi, [exit]
        mov     eax, MARKER
        syscall
        ud2

; void *FuzzHandler(void)
global FuzzHandler
align 16
FuzzHandler:
        lea     rax, [handler]
        ret

; void FuzzAnswer(ulong page): the page with which the handler answers a backer's request next.
global FuzzAnswer
align 16
FuzzAnswer:
        mov     [answer_data], rdi
        ret
