; Throwing, and calling the pieces of a method ("funclets") that handle what is thrown.
;
; A register context (RegisterContext.cs) is 17 quadwords, indexed by DWARF register number
; (System V ABI, AMD64 supplement, figure 3.36); 16 is the instruction pointer.
;
; A call of a funclet leaves a record on the stack from which the unwinder goes on when an exception
; leaves the funclet; the unwinder knows a record by the return address in front of it.
default rel

global RhpThrowEx, RhpRethrow, CosmosThrowFault, CosmosThrowFaultAddress
global CosmosCallCatch, CosmosCallFinally, CosmosCallFilter
global CosmosCatchReturn, CosmosFinallyReturn, CosmosFilterReturn, CosmosFuncletReturns
extern CosmosDispatchThrow, CosmosDispatchRethrow, CosmosDispatchFault

CONTEXT_BYTES   equ 136
RBX_            equ 3 * 8
RBP_            equ 6 * 8
RSP_            equ 7 * 8
R12_            equ 12 * 8
R13_            equ 13 * 8
R14_            equ 14 * 8
R15_            equ 15 * 8
RIP_            equ 16 * 8

section .text align=16

; Makes room for a context at rsp and fills in what callees preserve. %1 = instruction pointer,
; %2 = stack pointer of the frame.
%macro CAPTURE 2
    sub     rsp, CONTEXT_BYTES
    mov     [rsp + RBX_], rbx
    mov     [rsp + RBP_], rbp
    mov     [rsp + R12_], r12
    mov     [rsp + R13_], r13
    mov     [rsp + R14_], r14
    mov     [rsp + R15_], r15
    mov     [rsp + RIP_], %1
    mov     [rsp + RSP_], %2
%endmacro

; Loads the registers of a frame from the context at %1, but neither stack nor instruction pointer.
%macro LOAD 1
    mov     rbx, [%1 + RBX_]
    mov     rbp, [%1 + RBP_]
    mov     r12, [%1 + R12_]
    mov     r13, [%1 + R13_]
    mov     r14, [%1 + R14_]
    mov     r15, [%1 + R15_]
%endmacro

; void RhpThrowEx(object rdi)
align 16
RhpThrowEx:
    mov     r8, [rsp]
    lea     r9, [rsp + 8]
    CAPTURE r8, r9
    mov     rsi, rsp
    call    CosmosDispatchThrow
    ud2

; void RhpRethrow(): throws again what the catch handler that calls this was given.
align 16
RhpRethrow:
    mov     r8, [rsp]
    lea     r9, [rsp + 8]
    CAPTURE r8, r9
    mov     rdi, rsp
    call    CosmosDispatchRethrow
    ud2

; A trap handler resumes here instead of at a faulting instruction: rdi = kind of fault,
; rsi = the instruction's address, rdx = its stack pointer; all other registers as they were, rsp
; anywhere below rdx and 16-aligned.
align 16
CosmosThrowFault:
    CAPTURE rsi, rdx
    sub     rsp, 8
    lea     rsi, [rsp + 8]
    call    CosmosDispatchFault
    ud2

align 16
CosmosThrowFaultAddress:
    lea     rax, [CosmosThrowFault]
    ret

; void CosmosCallCatch(object rdi, void* handler rsi, context* rdx, uint clause rcx)
; Drops the stack down to the catching frame, runs the handler and goes on where it says.
; Record, upwards from the stack pointer after the return: padding, r15, r14, r13, r12, rbx, rbp,
; clause, instruction pointer, exception; then the frame's own stack.
align 16
CosmosCallCatch:
    mov     r9, [rdx + RIP_]
    mov     r10, [rdx + RSP_]
    LOAD    rdx
    mov     rsp, r10
    push    rdi
    push    r9
    push    rcx
    push    rbp
    push    rbx
    push    r12
    push    r13
    push    r14
    push    r15
    push    r15                         ; padding: the funclet wants an aligned stack
    call    rsi
CosmosCatchReturn:
    add     rsp, 80
    jmp     rax

; void CosmosCallFinally(void* handler rdi, context* rsi, uint clause rdx)
; Record: context of the frame, clause; then padding and the saved registers.
align 16
CosmosCallFinally:
    push    rbp
    push    rbx
    push    r12
    push    r13
    push    r14
    push    r15
    sub     rsp, 8
    push    rdx
    push    rsi
    LOAD    rsi
    call    rdi
CosmosFinallyReturn:
    add     rsp, 24
    pop     r15
    pop     r14
    pop     r13
    pop     r12
    pop     rbx
    pop     rbp
    ret

; bool CosmosCallFilter(object rdi, void* filter rsi, context* rdx)
; Record: padding, the caller's r15, r14, r13, r12, rbx, rbp, its return address.
align 16
CosmosCallFilter:
    push    rbp
    push    rbx
    push    r12
    push    r13
    push    r14
    push    r15
    sub     rsp, 8
    LOAD    rdx
    call    rsi
CosmosFilterReturn:
    add     rsp, 8
    pop     r15
    pop     r14
    pop     r13
    pop     r12
    pop     rbx
    pop     rbp
    ret

; void CosmosFuncletReturns(void** rdi): the three return addresses, catch, finally, filter.
align 16
CosmosFuncletReturns:
    lea     rax, [CosmosCatchReturn]
    mov     [rdi], rax
    lea     rax, [CosmosFinallyReturn]
    mov     [rdi + 8], rax
    lea     rax, [CosmosFilterReturn]
    mov     [rdi + 16], rax
    ret
