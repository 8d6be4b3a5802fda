; System calls and waiting with every register set to something known. Registers.cs has the layout.
default rel

MARKER      equ 0x4D454D4F
USUAL_FLAGS equ 0x202
FLAGS_AT    equ 120
FPU_AT      equ 128

section .rodata align=4
usual_mxcsr: dd 0x1F80

SET_THREAD_POINTER equ 0xE9

signal_done: db 0x05

section .data
set_old_base: db SET_THREAD_POINTER
old_base:   dq 0
set_new_base: db SET_THREAD_POINTER
new_base:   dq 0
kept_stack: dq 0

section .text align=16

; Keeps what C# needs, then loads all registers, the flags last.
%macro LOAD_ALL 0
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        push    rdi                     ; for STORE_ALL
        push    qword [rdi + FLAGS_AT]
        fxrstor64 [rdi + FPU_AT]
        mov     rax, [rdi]
        mov     rbx, [rdi + 8]
        mov     rcx, [rdi + 16]
        mov     rdx, [rdi + 24]
        mov     rsi, [rdi + 32]
        mov     rbp, [rdi + 48]
        mov     r8, [rdi + 56]
        mov     r9, [rdi + 64]
        mov     r10, [rdi + 72]
        mov     r11, [rdi + 80]
        mov     r12, [rdi + 88]
        mov     r13, [rdi + 96]
        mov     r14, [rdi + 104]
        mov     r15, [rdi + 112]
        mov     rdi, [rdi + 40]
        popfq
%endmacro

; Stores all registers but r11, which a call loses anyway, and takes back what C# needs.
%macro STORE_ALL 0
        pushfq
        mov     r11, [rsp + 8]
        mov     [r11], rax
        mov     [r11 + 8], rbx
        mov     [r11 + 16], rcx
        mov     [r11 + 24], rdx
        mov     [r11 + 32], rsi
        mov     [r11 + 40], rdi
        mov     [r11 + 48], rbp
        mov     [r11 + 56], r8
        mov     [r11 + 64], r9
        mov     [r11 + 72], r10
        mov     [r11 + 88], r12
        mov     [r11 + 96], r13
        mov     [r11 + 104], r14
        mov     [r11 + 112], r15
        pop     qword [r11 + FLAGS_AT]
        push    USUAL_FLAGS
        popfq
        fxsave64 [r11 + FPU_AT]
        fninit
        ldmxcsr [usual_mxcsr]
        add     rsp, 8
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
%endmacro

; void SelftestCall(Registers *registers): makes the call that RAX and RDI describe
global SelftestCall
align 16
SelftestCall:
        LOAD_ALL
        syscall
        STORE_ALL
        ret

; void SelftestHold(Registers *registers): counts RCX down to 0 and touches nothing else
global SelftestHold
align 16
SelftestHold:
        LOAD_ALL
.next:
        lea     rcx, [rcx - 1]          ; leaves the flags alone, as does jrcxz
        jrcxz   .done
        jmp     .next
.done:
        STORE_ALL
        ret

; void SelftestThreadPointer(const void *set, const void *handOver, uint8_t *exit)
; Sets the base of FS by the first block, hands over, and exits with the eight bytes at FS:0.
; Never goes back to C#, which would miss its own thread data.
global SelftestThreadPointer
align 16
SelftestThreadPointer:
        mov     r12, rsi
        mov     r13, rdx
        mov     eax, MARKER
        syscall
        test    rax, rax
        jnz     .exit                   ; with the error code
        mov     ebx, 3
.hand_over:
        mov     rdi, r12
        mov     eax, MARKER
        syscall
        dec     ebx
        jnz     .hand_over
        mov     rax, [fs:0]
.exit:
        mov     [r13 + 1], rax
        mov     rdi, r13
        mov     eax, MARKER
        syscall
        ud2

; uint64_t SelftestCallOnStack(const void *block, uint64_t stack, uint64_t *values, uint64_t uses)
; Makes a call with RSP set to anything, and stores RDX, RDI and RSP as they are afterwards. If it
; uses the stack, the copy that CREATE_PROCESS makes pushes a word there first.
global SelftestCallOnStack
align 16
SelftestCallOnStack:
        push    rbx
        push    r12
        push    r13
        mov     [kept_stack], rsp
        mov     r12, rdx
        mov     r13, rcx
        mov     rsp, rsi
        mov     eax, MARKER
        syscall
        cmp     rdi, 1                  ; in the copy
        jne     .store
        test    r13, r13
        jz      .store
        push    rdi
.store:
        mov     [r12], rdx
        mov     [r12 + 8], rdi
        mov     [r12 + 16], rsp
        mov     rsp, [kept_stack]
        pop     r13
        pop     r12
        pop     rbx
        ret

; uint64_t SelftestStartSleeper(const void *create, const void *sleep): makes CREATE_THREAD; the new
; thread makes the other call again and again.
global SelftestStartSleeper
align 16
SelftestStartSleeper:
        push    rbx
        mov     rbx, rsi
        mov     eax, MARKER
        syscall
        test    rax, rax
        jnz     .done
        cmp     rdi, 1                  ; in the new thread
        jne     .done
.sleep:
        mov     rdi, rbx
        mov     eax, MARKER
        syscall
        jmp     .sleep
.done:
        pop     rbx
        ret

; uint64_t SelftestSelectors(void): DS, ES, FS and GS, 16 bits each
global SelftestSelectors
align 16
SelftestSelectors:
        mov     eax, gs
        shl     rax, 16
        mov     edx, fs
        or      rax, rdx
        shl     rax, 16
        mov     edx, es
        or      rax, rdx
        shl     rax, 16
        mov     edx, ds
        or      rax, rdx
        ret

; void SelftestSpreadSelectors(const void *handOver): loads a selector of ring 3 into all four and
; hands over, again and again; then sets the base of FS back, which that clears.
global SelftestSpreadSelectors
align 16
SelftestSpreadSelectors:
        push    rbx
        push    r12
        mov     r12, rdi
        mov     rax, [fs:0]             ; the base itself
        mov     [old_base], rax
        mov     ebx, 100
.next:
        mov     eax, 0x1B
        mov     ds, eax
        mov     es, eax
        mov     fs, eax
        mov     gs, eax
        mov     rdi, r12
        mov     eax, MARKER
        syscall
        dec     ebx
        jnz     .next
        lea     rdi, [set_old_base]
        mov     eax, MARKER
        syscall
        pop     r12
        pop     rbx
        ret

; int SelftestHasProtectionKeys(void): OSPKE, bit 4 of ecx in leaf 7 of CPUID
global SelftestHasProtectionKeys
align 16
SelftestHasProtectionKeys:
        push    rbx                     ; cpuid writes it
        mov     eax, 7
        xor     ecx, ecx
        cpuid
        shr     ecx, 4
        mov     eax, ecx
        and     eax, 1
        pop     rbx
        ret

; void SelftestFault(Registers *registers): loads RAX from RDX, which lies in a hole, with RDX taken
; relative to the base of FS. The handler takes a page off the base; it is set back afterwards.
global SelftestFault
align 16
SelftestFault:
        mov     rax, [fs:0]             ; the base itself
        mov     [old_base], rax
        sub     [rdi + 24], rax         ; rdx, relative to it
        push    rdi
        LOAD_ALL
        mov     rax, [fs:rdx]
        STORE_ALL
        lea     rdi, [set_old_base]
        mov     eax, MARKER
        syscall
        pop     rdi
        mov     rax, [old_base]
        add     [rdi + 24], rax
        ret

; Where SelftestFault's fault is told; leaves nothing in its registers.
align 16
fault_handler:
        mov     rax, [fs:0]
        sub     rax, 4096
        mov     [new_base], rax
        lea     rdi, [set_new_base]
        mov     eax, MARKER
        syscall
        mov     ebx, 0xBAD
        mov     ecx, ebx
        mov     edx, ebx
        mov     esi, ebx
        mov     ebp, ebx
        mov     r8d, ebx
        mov     r9d, ebx
        mov     r10d, ebx
        mov     r11d, ebx
        mov     r12d, ebx
        mov     r13d, ebx
        mov     r14d, ebx
        mov     r15d, ebx
        fldpi
%assign number 0
%rep 16
        movq    xmm %+ number, rbx
  %assign number number + 1
%endrep
        lea     rdi, [signal_done]
        mov     eax, MARKER
        syscall
        ud2

; uint64_t SelftestFaultHandler(void)
global SelftestFaultHandler
align 16
SelftestFaultHandler:
        lea     rax, [fault_handler]
        ret
