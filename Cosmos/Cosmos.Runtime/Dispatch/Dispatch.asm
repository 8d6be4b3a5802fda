; Interface calls. ILC calls through a cell whose address is in r11:
;   [r11]     the stub to run        [r11 + 8]   what the stub needs
; A cell starts with RhpInitialDynamicInterfaceDispatch; the first call resolves the method and
; points the cell at a cache, which every later call of a known type hits in a few instructions.
default rel

extern CosmosResolveDispatch
global RhpInitialDynamicInterfaceDispatch, CosmosCachedDispatch
global CosmosInitialDispatchAddress, CosmosCachedDispatchAddress

; DispatchCache, as in InterfaceDispatch.cs.
CACHE_COUNT     equ 12
CACHE_ENTRIES   equ 16
ENTRY_BYTES     equ 16

section .text align=16

; rdi = this, r11 = cell. Finds this's type in the cell's cache and jumps to the method.
; A null this faults on the first load, which reads as a fault of the caller.
align 16
CosmosCachedDispatch:
    mov     rax, [rdi]
    mov     r10, [r11 + 8]
    cmp     rax, [r10 + CACHE_ENTRIES]
    jne     .others
    jmp     [r10 + CACHE_ENTRIES + 8]
.others:
    push    rcx
    mov     ecx, [r10 + CACHE_COUNT]
.next:
    add     r10, ENTRY_BYTES
    dec     ecx
    jz      .miss
    cmp     rax, [r10 + CACHE_ENTRIES]
    jne     .next
    pop     rcx
    jmp     [r10 + CACHE_ENTRIES + 8]
.miss:
    pop     rcx

; rdi = this, r11 = cell. Keeps every argument register, asks managed code, goes where it says.
align 16
RhpInitialDynamicInterfaceDispatch:
    cmp     byte [rdi], 0               ; a null this faults here, in the caller's name
    push    rbp                         ; keeps the frame chain for backtraces
    mov     rbp, rsp
    push    rdi
    push    rsi
    push    rdx
    push    rcx
    push    r8
    push    r9
    sub     rsp, 128
%assign i 0
%rep 8
    movups  [rsp + i * 16], xmm %+ i
%assign i i + 1
%endrep
    mov     rsi, r11
    call    CosmosResolveDispatch
%assign i 0
%rep 8
    movups  xmm %+ i, [rsp + i * 16]
%assign i i + 1
%endrep
    add     rsp, 128
    pop     r9
    pop     r8
    pop     rcx
    pop     rdx
    pop     rsi
    pop     rdi
    pop     rbp
    jmp     rax

align 16
CosmosCachedDispatchAddress:
    lea     rax, [CosmosCachedDispatch]
    ret

align 16
CosmosInitialDispatchAddress:
    lea     rax, [RhpInitialDynamicInterfaceDispatch]
    ret
