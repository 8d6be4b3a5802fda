; Second part of the boot stub, in 64-bit mode: gives the image a random virtual address, maps it
; there write-xor-execute, moves over, applies the relocations and calls CosmosStart.

default rel

; Virtual addresses for the image: PML4 slots 480-495 of the upper half. 2^43 bytes in steps of
; 4 KB are 31 bits of chance. Slots 496-511 and 256-479 are left to the kernel.
WINDOW_START        equ 0xFFFFF00000000000
WINDOW_BITS         equ 43
IMAGE_LIMIT         equ 32 << 20        ; the page tables below serve this much
PAGE                equ 4096

PRESENT             equ 1
WRITABLE            equ 2
LARGE               equ 1 << 7
NO_EXECUTE_BIT      equ 63
ADDRESS_MASK        equ 0x000FFFFFFFFFF000
CR0_WP_BIT          equ 16

extern __image_start, __text_end, __rodata_start, __rela_start, __rela_end
extern __data_start, __bss_end
extern boot_gdt, CosmosStart
global boot_long_mode, boot_stack_top, boot_root_table, boot_top_table, boot_identity_tables
global CosmosBootStackTop, CosmosBootStackBottom, CosmosEarlyPages, CosmosEarlyPagesEnd

section .boot.long progbits alloc exec nowrite align=16
bits 64

; EBX = physical address of the boot information, EBP = that of the image.
boot_long_mode:
        mov     r12d, ebx               ; R12 = boot information
        mov     r13d, ebp               ; R13 = image, physical
        lea     rax, [__bss_end]
        sub     rax, r13
        cmp     rax, IMAGE_LIMIT
        ja      .halt
        call    choose_address
        mov     r14, rax                ; R14 = image, virtual
        call    map_image
        lea     rax, [.moved]
        sub     rax, r13
        add     rax, r14
        jmp     rax
.moved: lea     rsp, [CosmosBootStackTop]
        mov     rax, cr0                ; from here on read-only is read-only for the kernel too
        bts     rax, CR0_WP_BIT
        mov     cr0, rax
        call    close_identity_map
        call    relocate
        call    move_descriptor_table
        mov     rdi, r12
        mov     rsi, r13
        xor     ebp, ebp                ; ends the chain of frames for backtraces
        call    CosmosStart
.halt:  cli
        hlt
        jmp     .halt

; --- Chance -----------------------------------------------------------------------------------
; RAX = a page-aligned address in the window. The time stamp counter is always stirred in, with
; the jitter of port reads; RDSEED or RDRAND add real randomness where the CPU has them.

FEATURE_RDRAND_BIT  equ 30              ; leaf 1, ECX
FEATURE_RDSEED_BIT  equ 18              ; leaf 7, EBX
ATTEMPTS            equ 32
STIR                equ 0x9E3779B97F4A7C15      ; odd, its bits look random (golden ratio)
PIT_CHANNEL_0       equ 0x40
CMOS_INDEX          equ 0x70
CMOS_DATA           equ 0x71

choose_address:
        xor     r15d, r15d
        mov     r8, STIR
        xor     esi, esi
.clock: mov     eax, esi                ; ten bytes of the clock chip's memory,
        or      al, 0x80                ; with the non-maskable interrupt off meanwhile
        out     CMOS_INDEX, al
        in      al, CMOS_DATA
        call    .stir
        in      al, PIT_CHANNEL_0       ; where the timer stands
        call    .stir
        inc     esi
        cmp     esi, 10
        jb      .clock

        mov     eax, 1
        cpuid
        bt      ecx, FEATURE_RDRAND_BIT
        jnc     .no_rdrand
        mov     ecx, ATTEMPTS
.rdrand:
        rdrand  rax
        jc      .rdrand_done
        loop    .rdrand
.rdrand_done:
        call    .stir
.no_rdrand:
        xor     eax, eax
        cpuid
        cmp     eax, 7
        jb      .scale
        mov     eax, 7
        xor     ecx, ecx
        cpuid
        bt      ebx, FEATURE_RDSEED_BIT
        jnc     .scale
        mov     ecx, ATTEMPTS
.rdseed:
        rdseed  rax
        jc      .rdseed_done
        loop    .rdseed
.rdseed_done:
        call    .stir

.scale: mov     rax, r15                ; multiply and take the high half: 0 <= page < count,
        mov     rcx, (1 << (WINDOW_BITS - 12)) - (IMAGE_LIMIT >> 12)
        mul     rcx                     ; so that the image's end is in the window too
        shl     rdx, 12
        mov     rax, WINDOW_START
        add     rax, rdx
        ret

.stir:  xor     r15, rax                ; R15 = (R15 ^ RAX ^ TSC) * STIR, turned
        rdtsc
        shl     rdx, 32
        or      rax, rdx
        xor     r15, rax
        imul    r15, r8
        rol     r15, 29
        ret

; --- Mapping ----------------------------------------------------------------------------------
; Code is read and execute, constants are read, data is read and write. The page below the
; stack stays unmapped. R11 = next free page table.

map_image:
        lea     r11, [boot_image_tables]
        lea     r8, [__image_start]
        lea     r9, [__rodata_start]
        mov     r10, PRESENT
        call    map_range
        lea     r9, [__data_start]
        mov     r10, PRESENT
        bts     r10, NO_EXECUTE_BIT
        call    map_range
        lea     r9, [boot_stack_guard]
        or      r10, WRITABLE
        call    map_range
        add     r8, PAGE
        lea     r9, [__bss_end]
        ; fall through

; Maps physical R8 (identity-mapped) up to R9 at the same offset from R14 as from R13, with the
; bits of R10. Leaves R8 = R9.
map_range:
        cmp     r8, r9
        jae     .done
        mov     rdx, r8
        sub     rdx, r13
        add     rdx, r14                ; RDX = virtual address
        lea     rdi, [boot_root_table]
        mov     ecx, 39
.level: mov     rax, rdx
        shr     rax, cl
        and     eax, 511
        lea     rdi, [rdi + rax * 8]    ; RDI = entry of this level
        cmp     ecx, 12
        je      .leaf
        test    byte [rdi], PRESENT
        jnz     .descend
        lea     rax, [r11 + PRESENT + WRITABLE]
        mov     [rdi], rax
        add     r11, PAGE
.descend:
        mov     rdi, [rdi]
        mov     rax, ADDRESS_MASK
        and     rdi, rax
        sub     ecx, 9
        jmp     .level
.leaf:  mov     rax, r8
        or      rax, r10
        mov     [rdi], rax
        add     r8, PAGE
        jmp     map_range
.done:  ret

; Takes execution away from the identity map, now that nothing runs there, and makes it writable.
close_identity_map:
        lea     rdi, [boot_identity_tables + PAGE]
        mov     ecx, 4 * 512
.next:  mov     rax, [rdi]
        or      rax, WRITABLE
        bts     rax, NO_EXECUTE_BIT
        mov     [rdi], rax
        add     rdi, 8
        loop    .next
        mov     rax, cr3                ; forget the old rights
        mov     cr3, rax
        ret

; --- Relocation -------------------------------------------------------------------------------
; Constants are read-only where the image now is, so their words are written by way of the
; identity map.

R_X86_64_RELATIVE   equ 8
RELA_SIZE           equ 24

relocate:
        lea     rsi, [__rela_start]
        lea     rcx, [__rela_end]
.next:  lea     rax, [rsi + RELA_SIZE]
        cmp     rax, rcx
        ja      .done
        cmp     dword [rsi + 8], R_X86_64_RELATIVE
        jne     .skip                   ; the image check admits only these and padding
        mov     rdi, [rsi]              ; offset of the word
        mov     rax, [rsi + 16]         ; addend
        add     rax, r14
        mov     [r13 + rdi], rax
.skip:  add     rsi, RELA_SIZE
        jmp     .next
.done:  ret

; The boot descriptor table is used at its high address from here on: the low one may go away.
move_descriptor_table:
        lea     rax, [boot_gdt]
        sub     rsp, 16
        mov     word [rsp + 6], 3 * 8 - 1
        mov     [rsp + 8], rax
        lgdt    [rsp + 6]
        add     rsp, 16
        ret

; --- Room -------------------------------------------------------------------------------------
; Zeroed by the boot loader like the rest of the image's bss.

STACK_SIZE          equ 256 << 10
EARLY_SIZE          equ 2 << 20
; Image: one table for 2 MB and one more as it need not be aligned; one directory, one pointer
; table, and one more of each where the image lies across a boundary.
IMAGE_TABLES        equ (IMAGE_LIMIT >> 21) + 1 + 2 + 2

section .bss align=4096

boot_top_table:       resb PAGE         ; above it, where there are five levels
boot_root_table:      resb PAGE
boot_identity_tables: resb 5 * PAGE
boot_image_tables:    resb IMAGE_TABLES * PAGE

boot_stack_guard:     resb PAGE
CosmosBootStackBottom:
                      resb STACK_SIZE
boot_stack_top:
CosmosBootStackTop:

CosmosEarlyPages:     resb EARLY_SIZE
CosmosEarlyPagesEnd:
