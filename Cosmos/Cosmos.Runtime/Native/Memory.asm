; Block moves and fills. Leaf code without unwind data: a fault in it counts as the caller's.
default rel

global memmove, memcpy, memset, RhpGcSafeZeroMemory

section .text align=16

; void* memmove(void* rdi, void* rsi, size_t rdx). References are moved by this as well
; (WriteBarrier.asm): every path below moves 8 bytes or more at a time while 8 or more are left.
align 16
memmove:
memcpy:
    mov     rax, rdi
    cmp     rdx, 32
    ja      .large
    cmp     rdx, 16
    jae     .from16
    cmp     rdx, 8
    jae     .from8
    cmp     rdx, 4
    jae     .from4
    test    rdx, rdx
    jz      .done
    ; 1 to 3 bytes: first, middle and last, which may be the same byte
    mov     r9, rdx
    shr     r9, 1
    movzx   ecx, byte [rsi]
    movzx   r8d, byte [rsi + rdx - 1]
    movzx   r10d, byte [rsi + r9]
    mov     [rdi], cl
    mov     [rdi + r9], r10b
    mov     [rdi + rdx - 1], r8b
.done:
    ret
.from4:
    mov     ecx, [rsi]
    mov     r8d, [rsi + rdx - 4]
    mov     [rdi], ecx
    mov     [rdi + rdx - 4], r8d
    ret
.from8:
    mov     rcx, [rsi]
    mov     r8, [rsi + rdx - 8]
    mov     [rdi], rcx
    mov     [rdi + rdx - 8], r8
    ret
.from16:
    movups  xmm0, [rsi]
    movups  xmm1, [rsi + rdx - 16]
    movups  [rdi], xmm0
    movups  [rdi + rdx - 16], xmm1
    ret

.large:
    mov     rcx, rdi
    sub     rcx, rsi
    cmp     rcx, rdx
    jb      .backward                   ; the destination starts inside the source
    movups  xmm4, [rsi + rdx - 16]      ; the end, before a store can reach it
    lea     r8, [rdi + rdx - 16]
    sub     rdx, 64
    jb      .forward_tail
.forward64:
    movups  xmm0, [rsi]
    movups  xmm1, [rsi + 16]
    movups  xmm2, [rsi + 32]
    movups  xmm3, [rsi + 48]
    movups  [rdi], xmm0
    movups  [rdi + 16], xmm1
    movups  [rdi + 32], xmm2
    movups  [rdi + 48], xmm3
    add     rsi, 64
    add     rdi, 64
    sub     rdx, 64
    jae     .forward64
.forward_tail:
    add     rdx, 64
.forward16:
    cmp     rdx, 16
    jbe     .forward_end
    movups  xmm0, [rsi]
    movups  [rdi], xmm0
    add     rsi, 16
    add     rdi, 16
    sub     rdx, 16
    jmp     .forward16
.forward_end:
    movups  [r8], xmm4
    ret
.backward:
    movups  xmm4, [rsi]                 ; the start, before a store can reach it
.backward16:
    cmp     rdx, 16
    jbe     .backward_end
    movups  xmm0, [rsi + rdx - 16]
    movups  [rdi + rdx - 16], xmm0
    sub     rdx, 16
    jmp     .backward16
.backward_end:
    movups  [rax], xmm4
    ret

; byte* RhpGcSafeZeroMemory(byte* rdi, size_t rsi)
align 16
RhpGcSafeZeroMemory:
    mov     rdx, rsi
    xor     esi, esi

; void* memset(void* rdi, int rsi, size_t rdx)
align 16
memset:
    mov     rax, rdi
    movzx   esi, sil
    mov     rcx, 0x0101010101010101
    imul    rcx, rsi
    cmp     rdx, 16
    jb      .small
    movq    xmm0, rcx
    punpcklqdq xmm0, xmm0
    lea     r8, [rdi + rdx - 16]
    sub     rdx, 64
    jb      .tail
.fill64:
    movups  [rdi], xmm0
    movups  [rdi + 16], xmm0
    movups  [rdi + 32], xmm0
    movups  [rdi + 48], xmm0
    add     rdi, 64
    sub     rdx, 64
    jae     .fill64
.tail:
    add     rdx, 64
.fill16:
    cmp     rdx, 16
    jbe     .end
    movups  [rdi], xmm0
    add     rdi, 16
    sub     rdx, 16
    jmp     .fill16
.end:
    movups  [r8], xmm0
    ret
.small:
    cmp     rdx, 8
    jae     .from8
    cmp     rdx, 4
    jae     .from4
    test    rdx, rdx
    jz      .done
    mov     [rdi + rdx - 1], cl
    shr     rdx, 1
    mov     [rdi], cl
    mov     [rdi + rdx], cl
.done:
    ret
.from4:
    mov     [rdi], ecx
    mov     [rdi + rdx - 4], ecx
    ret
.from8:
    mov     [rdi], rcx
    mov     [rdi + rdx - 8], rcx
    ret
