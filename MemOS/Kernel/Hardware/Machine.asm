; Single instructions that Cosmos.Core has no name for, and the work on whole pages.
default rel

section .text align=16

PAGE            equ 4096

; void MemosInvalidatePage(void *address): forgets the translation of one page.
global MemosInvalidatePage
align 16
MemosInvalidatePage:
        invlpg  [rdi]
        ret

; void MemosWriteCr4(ulong value)
global MemosWriteCr4
align 16
MemosWriteCr4:
        mov     cr4, rdi
        ret

; void MemosWriteProtectionKeys(uint rights): PKRU, two bits a key. Needs CR4.PKE.
global MemosWriteProtectionKeys
align 16
MemosWriteProtectionKeys:
        mov     eax, edi
        xor     ecx, ecx
        xor     edx, edx
        wrpkru
        ret

; void MemosLoadTables(void *gdt, void *idt, ushort dataSelector, ushort taskSelector):
; both pointers lead to a limit (2) and an address (8). The code selector is the one in use.
global MemosLoadTables
align 16
MemosLoadTables:
        mov     eax, edx
        lgdt    [rdi]
        lidt    [rsi]
        mov     ss, eax
        xor     eax, eax
        mov     ds, eax
        mov     es, eax
        mov     fs, eax
        mov     gs, eax
        ltr     cx
        ret

; void MemosClearSelectors(void): null selectors in all that a program can load. GS is loaded while
; the program's base is the active one, as loading may clear it; the base of FS is to be set anew.
global MemosClearSelectors
align 16
MemosClearSelectors:
        xor     eax, eax
        mov     ds, eax
        mov     es, eax
        mov     fs, eax
        swapgs
        mov     gs, eax
        swapgs
        ret

; (pointer to limit and base): what is loaded of the segments stays as it is
global MemosLoadSegmentTable
align 16
MemosLoadSegmentTable:
        lgdt    [rdi]
        ret

; void MemosZeroPages(void *start, ulong bytes): 4096-aligned, whole pages.
; 16 stores a turn cost fewer instructions than a string store under -icount, and no more time.
global MemosZeroPages
align 16
MemosZeroPages:
        pxor    xmm0, xmm0
        lea     rax, [rdi + rsi]
.next:
%assign offset 0
%rep 16
        movaps  [rdi + offset], xmm0
  %assign offset offset + 16
%endrep
        add     rdi, 256
        cmp     rdi, rax
        jb      .next
        ret

; void MemosCopyPages(void *to, void *from, ulong bytes): all 4096-aligned.
global MemosCopyPages
align 16
MemosCopyPages:
        lea     rax, [rdi + rdx]
.next:
%assign offset 0
%rep 16
        movaps  xmm0, [rsi + offset]
        movaps  xmm1, [rsi + offset + 16]
        movaps  xmm2, [rsi + offset + 32]
        movaps  xmm3, [rsi + offset + 48]
        movaps  [rdi + offset], xmm0
        movaps  [rdi + offset + 16], xmm1
        movaps  [rdi + offset + 32], xmm2
        movaps  [rdi + offset + 48], xmm3
  %assign offset offset + 64
%endrep
        add     rsi, 1024
        add     rdi, 1024
        cmp     rdi, rax
        jb      .next
        ret
