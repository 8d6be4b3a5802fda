; Second part of the boot stub, in 64-bit mode: has C# make the kernel that runs of the image that
; the boot loader brought (Placement/ImagePlacement.cs), and enters it.

default rel

CR0_WP_BIT          equ 16

extern CosmosPlaceImage, CosmosStart, boot_leave, boot_refuse_memory
global boot_long_mode
global CosmosBootStackTop, CosmosBootStackBottom, CosmosStackGuard
global CosmosEarlyPages, CosmosEarlyPagesEnd
global CosmosBootTables, CosmosBootSeed, CosmosImageLayout, CosmosArrival

section .boot.long progbits alloc exec nowrite align=16
bits 64

; EBX = physical address of the boot information, EBP = that of the image. On the stub's stack.
boot_long_mode:
        mov     r12d, ebx               ; R12 = boot information
        mov     r13d, ebp               ; R13 = image
        and     rsp, -16
        sub     rsp, 16
        mov     rdi, r12
        mov     rsi, r13
        lea     rdx, [boot_placement]
        mov     rcx, rsp
        xor     ebp, ebp
        call    CosmosPlaceImage
        mov     rdx, [rsp]              ; the tables,
        mov     rsi, [rsp + 8]          ; and where the placed image is entered
        test    rsi, rsi
        jnz     boot_leave
        jmp     boot_refuse_memory

section .boot.placement progbits alloc exec nowrite align=8
boot_placement:                         ; the linker puts the table here

; --- In the placed image ----------------------------------------------------------------------

section .text align=16
align 16
; R12 = boot information, R13 = the image that the loader brought.
CosmosArrival:
        lea     rsp, [CosmosBootStackTop]
        mov     rax, cr0                ; from here on read-only is read-only for the kernel too
        bts     rax, CR0_WP_BIT
        mov     cr0, rax
        mov     rdi, r12
        mov     rsi, r13
        xor     ebp, ebp                ; ends the chain of frames for backtraces
        call    CosmosStart
.halt:  cli
        hlt
        jmp     .halt

; --- Room -------------------------------------------------------------------------------------

section .rodata align=8
CosmosImageLayout:    times 128 db 0    ; ImageLayout.cs; written before it is read-only

STACK_SIZE          equ 256 << 10
EARLY_SIZE          equ 2 << 20
PAGE                equ 4096
; The root and one above it; a pointer table and 4 directories for low memory. For the parts of
; the image, which lie within 2 GB and have at most 32 MB: 16 tables and one more for each, at most
; 5 directories and 2 pointer tables.
TABLES              equ 2 + 5 + 16 + 3 + 5 + 2

section .bss align=4096

CosmosBootTables:     resb TABLES * PAGE

CosmosStackGuard:     resb PAGE
CosmosBootStackBottom:
                      resb STACK_SIZE
CosmosBootStackTop:

CosmosEarlyPages:     resb EARLY_SIZE
CosmosEarlyPagesEnd:

CosmosBootSeed:       resb 32
