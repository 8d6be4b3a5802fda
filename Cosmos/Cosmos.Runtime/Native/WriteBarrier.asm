; What generated code calls to store a reference. Nothing moves and nothing is generational here, so
; a store needs no more as long as no collection is under way. While one marks in slices, every
; object that a reference is stored to is found alive: it gets the collection's mark, and its place
; in the log of stores tells the marker to follow what it refers to (StoreLog.cs).
;
; Leaf code without unwind data: a fault in it counts as the caller's. Only what is said at each
; routine changes, besides the flags.
default rel

global RhpAssignRef, RhpCheckedAssignRef, RhpByRefAssignRef, RhpCheckedXchg, RhpCheckedLockCmpXchg
global RhBulkMoveWithWriteBarrier, CosmosStoreLog
extern memmove, CosmosBulkStored

; StoreLog.State
section .bss align=32
store_log:
store_log_mark:         resd 1          ; the mark of the collection that is marking, or 0
store_log_overflowed:   resd 1
store_log_next:         resq 1          ; where the next entry goes
store_log_end:          resq 1

section .text align=16

; void RhpAssignRef(object* rdi, object rsi)
align 16
RhpAssignRef:
RhpCheckedAssignRef:
    mov     [rdi], rsi
    cmp     dword [store_log_mark], 0
    jne     log_store
    ret

; Moves one reference from [rsi] to [rdi] and steps both; may use rcx.
align 16
RhpByRefAssignRef:
    mov     rcx, [rsi]
    mov     [rdi], rcx
    add     rsi, 8
    add     rdi, 8
    cmp     dword [store_log_mark], 0
    jne     .log
    ret
.log:
    xchg    rsi, rcx
    call    log_store
    xchg    rsi, rcx
    ret

; object RhpCheckedXchg(object* rdi, object rsi)
align 16
RhpCheckedXchg:
    mov     rax, rsi
    xchg    [rdi], rax
    cmp     dword [store_log_mark], 0
    jne     log_store
    ret

; object RhpCheckedLockCmpXchg(object* rdi, object value rsi, object comparand rdx)
align 16
RhpCheckedLockCmpXchg:
    mov     rax, rdx
    lock cmpxchg [rdi], rsi
    cmp     dword [store_log_mark], 0
    jne     log_store                   ; also if it was not stored: it lives on a little longer
    ret

; The reference rsi was stored.
log_store:
    test    rsi, rsi
    jz      .done
    push    rax
    mov     eax, [store_log_mark]
    cmp     [rsi - 8], eax
    je      .known
    mov     [rsi - 8], eax
    mov     rax, [store_log_next]
    cmp     rax, [store_log_end]
    je      .full
    mov     [rax], rsi
    add     rax, 8
    mov     [store_log_next], rax
.known:
    pop     rax
.done:
    ret
.full:
    mov     dword [store_log_overflowed], 1
    pop     rax
    ret

; void RhBulkMoveWithWriteBarrier(void* rdi, void* rsi, size_t rdx)
align 16
RhBulkMoveWithWriteBarrier:
    cmp     dword [store_log_mark], 0
    je      memmove
    push    rdi
    push    rdx
    sub     rsp, 8
    call    memmove
    add     rsp, 8
    pop     rsi
    pop     rdi
    jmp     CosmosBulkStored            ; void (void* rdi, size_t rsi)

; StoreLog.State* CosmosStoreLog()
align 16
CosmosStoreLog:
    lea     rax, [store_log]
    ret
