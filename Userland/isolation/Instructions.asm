; Instructions that ring 3 must not get away with, each as a function to call.
default rel

section .text align=16

%macro ATTEMPT 1
global %1
align 16
%1:
%endmacro

ATTEMPT IsolationReadPort           ; the keyboard controller's status
    in      al, 0x64
    ret

ATTEMPT IsolationWritePort          ; the first serial port
    mov     dx, 0x3F8
    mov     al, '!'
    out     dx, al
    ret

ATTEMPT IsolationDisableInterrupts
    cli
    ret

ATTEMPT IsolationHalt
    hlt
    ret

ATTEMPT IsolationReadPageTableRoot
    mov     rax, cr3
    ret

ATTEMPT IsolationWritePageTableRoot
    xor     eax, eax
    mov     cr3, rax
    ret

ATTEMPT IsolationWriteModelRegister ; LSTAR: where system calls enter the kernel
    mov     ecx, 0xC0000082
    xor     eax, eax
    xor     edx, edx
    wrmsr
    ret

ATTEMPT IsolationLoadDescriptorTable
    sub     rsp, 24
    lgdt    [rsp]
    add     rsp, 24
    ret

ATTEMPT IsolationInvalidatePage
    invlpg  [rsp]
    ret

; UMIP (bit 2 of ecx in leaf 7 of CPUID) makes this one privileged too.
ATTEMPT IsolationStoreDescriptorTable
    sub     rsp, 24
    sidt    [rsp]
    add     rsp, 24
    ret

; bool IsolationHasUserModeInstructionPrevention(void)
ATTEMPT IsolationHasUserModeInstructionPrevention
    push    rbx                     ; cpuid writes it
    mov     eax, 7
    xor     ecx, ecx
    cpuid
    shr     ecx, 2
    mov     eax, ecx
    and     eax, 1
    pop     rbx
    ret

ATTEMPT IsolationSoftwareInterrupt  ; the double fault's vector, not for programs
    int     8
    ret
