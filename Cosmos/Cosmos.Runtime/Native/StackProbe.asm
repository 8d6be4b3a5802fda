; Large stack frames touch every page they cover, so that running out of stack is met on its guard
; page and nowhere else.
default rel

global RhpStackProbe

section .text align=16

; r11 = lowest address of the frame about to be made. Preserves every register.
align 16
RhpStackProbe:
    push    rax
    mov     rax, rsp
.next:
    sub     rax, 4096
    test    [rax], eax
    cmp     rax, r11
    ja      .next
    pop     rax
    ret
