; Uses of addresses that no compiler can reason away.
default rel

RETURN  equ 0xC3                    ; what is written is code: a return

section .text align=16

; void MemosReadByte(const void *address)
global MemosReadByte
align 16
MemosReadByte:
    mov     al, [rdi]
    ret

; void MemosWriteByte(void *address)
global MemosWriteByte
align 16
MemosWriteByte:
    mov     byte [rdi], RETURN
    ret

; void MemosCallAddress(const void *address): returns when what is called there does
global MemosCallAddress
align 16
MemosCallAddress:
    jmp     rdi
