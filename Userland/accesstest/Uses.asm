; Instructions on memory that no compiler can be held to, each as a function to call. The place is
; the first argument; what else an instruction needs are the second and the third.
default rel

section .text align=16

%macro USE 1
global %1
align 16
%1:
%endmacro

USE AccesstestAdd                   ; gives the flags
    lock add [rdi], rsi
    pushfq
    pop     rax
    ret

USE AccesstestSubtractByte          ; gives the flags
    sub     [rdi], sil
    pushfq
    pop     rax
    ret

USE AccesstestExchange
    mov     rax, rsi
    xchg    [rdi], rax
    ret

USE AccesstestExchangeAdd
    mov     eax, esi
    lock xadd [rdi], eax
    ret

USE AccesstestCompareExchange
    mov     rax, rsi
    lock cmpxchg [rdi], rdx
    ret

USE AccesstestIncrementByte
    inc     byte [rdi]
    ret

USE AccesstestShiftWord
    mov     ecx, esi
    shl     word [rdi], cl
    ret

USE AccesstestSetBit                ; reaches beyond the operand
    bts     [rdi], rsi
    ret

USE AccesstestSetIfBelow
    cmp     rsi, rdx
    setb    [rdi]
    ret

USE AccesstestMoveIfBelow
    mov     rax, -1
    cmp     rsi, rdx
    cmovb   eax, [rdi]
    ret

USE AccesstestPush
    push    qword [rdi]
    pop     rax
    ret

USE AccesstestPop
    push    rsi
    pop     qword [rdi]
    ret

USE AccesstestLoadVector            ; to the second argument
    movups  xmm9, [rdi]
    movups  [rsi], xmm9
    ret

USE AccesstestStoreVector           ; from the second argument
    movdqu  xmm9, [rsi]
    movdqa  [rdi], xmm9
    ret

USE AccesstestStoreSingle           ; from the second argument
    movss   xmm9, [rsi]
    movss   [rdi], xmm9
    ret

USE AccesstestMoveBytes             ; from the second argument, so many; gives how many are left
    mov     rcx, rdx
    rep movsb
    mov     rax, rcx
    ret

USE AccesstestMoveQuadsDown         ; the same, beginning with the last
    mov     rcx, rdx
    std
    rep movsq
    cld
    mov     rax, rcx
    ret

USE AccesstestFill
    mov     rax, rsi
    mov     rcx, rdx
    rep stosd
    mov     rax, rcx
    ret

USE AccesstestCompare               ; gives how many are left
    mov     rcx, rdx
    repe cmpsb
    mov     rax, rcx
    ret

USE AccesstestFind                  ; gives how many are left
    mov     rax, rsi
    mov     rcx, rdx
    repne scasb
    mov     rax, rcx
    ret

USE AccesstestTakeWord
    mov     rsi, rdi
    xor     eax, eax
    lodsw
    ret

USE AccesstestLoadFloat             ; no instruction that is performed
    fld     qword [rdi]
    fstp    st0
    ret

USE AccesstestAddDouble             ; nor is this
    addsd   xmm0, [rdi]
    ret
