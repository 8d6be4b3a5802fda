; Puts the registers that a caller may keep references in onto the stack, and has it searched.
default rel

global CosmosScanStack
extern CosmosMarkStack

section .text align=16

align 16
CosmosScanStack:
    push    rbp
    mov     rbp, rsp
    push    rbx
    push    r12
    push    r13
    push    r14
    push    r15
    sub     rsp, 8
    mov     rdi, rsp
    call    CosmosMarkStack
    add     rsp, 8
    pop     r15
    pop     r14
    pop     r13
    pop     r12
    pop     rbx
    pop     rbp
    ret
