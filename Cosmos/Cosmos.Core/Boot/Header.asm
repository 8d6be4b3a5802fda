; The multiboot2 header and the first instructions of the kernel: from 32-bit protected mode
; without paging, as the boot loader leaves the machine, to 64-bit mode on an identity map.
;
; This must be the first thing in the image: the boot loader looks for the header in the first
; 32 KB, and "symbol - $$" in this file means "offset of the symbol in the image".
; The code runs wherever the loader puts it: it addresses everything relative to EBP, which
; holds the physical address of the image.

LINK_BASE           equ 0x200000        ; where the image would like to lie
ALIGNMENT           equ 0x200000        ; a large page, so that few large pages hold it
LOWEST_ADDRESS      equ 0x100000        ; nothing below 1 MB is ours
HIGHEST_ADDRESS     equ 0xFFFFFFFF      ; the stub's identity map ends at 4 GB

MULTIBOOT2_MAGIC    equ 0xE85250D6
MULTIBOOT2_LOADER   equ 0x36D76289      ; in EAX when a multiboot2 loader started us
PROTECTED_MODE_I386 equ 0
OPTIONAL            equ 1               ; flag of a header tag

; What the stub needs room for comes behind what the loader fills: the image that runs has its
; zeroed part elsewhere.
PAGE                equ 4096
STUB_BYTES          equ 0x20000         ; tables and stack; ImagePlacement.cs counts on it
%define boot_top_table          __bss_start
%define boot_root_table         __bss_start + PAGE
%define boot_identity_tables    __bss_start + 2 * PAGE
%define boot_stack_bottom       __bss_start + 7 * PAGE
%define boot_stack_top          __bss_start + STUB_BYTES

extern __text_end, __bss_start
extern boot_long_mode, boot_refuse
global boot_header, boot_entry, boot_leave, boot_refuse_memory

section .boot progbits alloc exec nowrite align=4096

; --- Header -----------------------------------------------------------------------------------

boot_header:
        dd      MULTIBOOT2_MAGIC
        dd      PROTECTED_MODE_I386
        dd      header_end - boot_header
        dd      -(MULTIBOOT2_MAGIC + PROTECTED_MODE_I386 + (header_end - boot_header))

%macro TAG 3                            ; type, flags, length
        align   8, db 0
        dw      %1, %2
        dd      %3
%endmacro

        TAG     1, OPTIONAL, 8 + 7 * 4  ; information we would like to have:
        dd      1, 3, 6                 ; command line, modules, memory map,
        dd      8, 14, 15, 21           ; framebuffer, RSDP old and new, load base

        TAG     2, 0, 24                ; the image is flat: file offset = memory offset
        dd      LINK_BASE               ; of the header
        dd      LINK_BASE               ; of the first byte
        dd      __bss_start - $$ + LINK_BASE    ; end of what is in the file
        dd      boot_stack_top - $$ + LINK_BASE ; end of what the loader zeroes

        TAG     3, 0, 12
        dd      boot_entry - $$ + LINK_BASE

        TAG     5, OPTIONAL, 20         ; a linear framebuffer, if there is one
        dd      1024, 768, 32

        TAG     6, 0, 8                 ; modules start on page boundaries

        TAG     10, 0, 24               ; the image may lie elsewhere
        dd      LOWEST_ADDRESS, HIGHEST_ADDRESS, ALIGNMENT
        dd      1                       ; at the lowest address that is free

        TAG     0, 0, 8
header_end:

; --- Entry ------------------------------------------------------------------------------------
; EAX = loader's magic, EBX = physical address of the boot information. No stack yet.

bits 32
boot_entry:
        cli
        cld
        ; To find out where it is, the code needs a stack for one return address. The second
        ; word of the boot information is reserved and, so far, the only memory known to be ours.
        lea     esp, [ebx + 8]
        call    .here
.here:  pop     ebp
        sub     ebp, .here - $$         ; EBP = physical address of the image
        lea     esp, [ebp + boot_stack_top - $$]

        xor     edi, edi
        cmp     eax, MULTIBOOT2_LOADER
        mov     esi, text_no_multiboot2 - $$
        jne     refuse
        mov     edi, ebx                ; kept by check_cpu, for a refusal
        call    check_cpu
        call    build_identity_map

; --- Into long mode ---------------------------------------------------------------------------

CR0_PE_MP_ET_NE     equ 0x33
CR0_PG              equ 1 << 31
CR4_PAE             equ 1 << 5
CR4_OSFXSR_XMM      equ 3 << 9          ; SSE state and SSE exceptions
CR4_LA57            equ 1 << 12         ; five levels of page tables, where there can be
EFER                equ 0xC0000080
EFER_LME_NXE        equ (1 << 8) | (1 << 11)
CODE_SELECTOR       equ 8
DATA_SELECTOR       equ 16
CODE32_SELECTOR     equ 24

        lea     edx, [ebp + boot_root_table - $$]
        mov     eax, CR4_PAE | CR4_OSFXSR_XMM
        call    has_five_levels
        jnc     .levels
        or      eax, CR4_LA57           ; only before paging is on, so for every kernel
        lea     edx, [ebp + boot_top_table - $$]
.levels:
        mov     cr4, eax
        mov     cr3, edx
        mov     ecx, EFER
        rdmsr
        or      eax, EFER_LME_NXE
        wrmsr
        mov     eax, CR0_PG | CR0_PE_MP_ET_NE
        mov     cr0, eax

        lea     eax, [ebp + boot_gdt - $$]
        push    eax                     ; the descriptor table's address and limit,
        push    word boot_gdt.end - boot_gdt - 1
        lgdt    [esp]                   ; as lgdt reads them
        mov     eax, DATA_SELECTOR
        mov     ds, eax
        mov     es, eax
        mov     fs, eax
        mov     gs, eax
        mov     ss, eax
        lea     eax, [ebp + boot_long_mode - $$]
        push    dword CODE_SELECTOR
        push    eax
        retf                            ; to boot_long_mode: EBP and EBX as here

; --- Out of the stub --------------------------------------------------------------------------
; RDX = page tables of the placed image, RSI = where it is entered. The stack has held the keys of
; all that this boot draws, and its memory is free from now on: nothing of them is left there.

bits 64
boot_leave:
        lea     rdi, [rel boot_stack_bottom]
        mov     ecx, (STUB_BYTES - 7 * PAGE) / 8
        xor     eax, eax
        rep     stosq
        mov     cr3, rdx                ; this page is in both maps
        jmp     rsi

bits 32

; --- The identity map -------------------------------------------------------------------------
; The low 4 GB in 2 MB pages, read-write and not executable; but the pages with the kernel's
; code are executable and read-only until boot_long_mode has moved to high addresses.

PRESENT             equ 1
WRITABLE            equ 2
LARGE               equ 1 << 7
NO_EXECUTE_HIGH     equ 1 << 31         ; bit 63, in the high word of an entry
ENTRIES_IN_4GB      equ 4 * 512

build_identity_map:
        push    ebx
        lea     edi, [ebp + boot_identity_tables - $$]  ; pointer table, then 4 directories
        lea     eax, [edi + (PRESENT + WRITABLE)]
        mov     [ebp + boot_root_table - $$], eax
        mov     ecx, 4
        mov     edx, edi
.next_directory:
        add     eax, 4096
        mov     [edx], eax
        add     edx, 8
        loop    .next_directory

        ; With five levels, both ends of the address space go on as with four.
        lea     eax, [ebp + boot_root_table - $$ + (PRESENT + WRITABLE)]
        mov     [ebp + boot_top_table - $$], eax
        mov     [ebp + boot_top_table - $$ + 511 * 8], eax

        add     edi, 4096
        xor     eax, eax                ; EAX = physical address
        lea     edx, [ebp + __text_end - $$]
.next_page:
        mov     esi, LARGE | PRESENT | WRITABLE
        mov     ecx, NO_EXECUTE_HIGH
        cmp     eax, edx                ; starts above the code?
        jae     .write
        lea     ebx, [eax + ALIGNMENT]
        cmp     ebx, ebp                ; or ends below it?
        jbe     .write
        mov     esi, LARGE | PRESENT
        xor     ecx, ecx
.write: or      esi, eax
        mov     [edi], esi
        mov     [edi + 4], ecx
        add     edi, 8
        add     eax, ALIGNMENT
        jnc     .next_page              ; the carry says that 4 GB are done
        pop     ebx
        ret

; --- Is this CPU good enough? -----------------------------------------------------------------

FLAGS_ID            equ 1 << 21
EXTENDED_FEATURES   equ 0x80000001
FEATURE_LONG_MODE   equ 1 << 29
FEATURE_NX          equ 1 << 20

check_cpu:
        push    ebx                     ; CPUID overwrites it
        pushfd                          ; a CPU has CPUID if this flag can be changed
        pop     eax
        mov     ecx, eax
        xor     eax, FLAGS_ID
        push    eax
        popfd
        pushfd
        pop     eax
        mov     esi, text_no_long_mode - $$
        cmp     eax, ecx
        je      refuse
        mov     eax, EXTENDED_FEATURES & 0x80000000
        cpuid
        cmp     eax, EXTENDED_FEATURES
        jb      refuse
        mov     eax, EXTENDED_FEATURES
        cpuid
        test    edx, FEATURE_LONG_MODE
        jz      refuse
        mov     esi, text_no_nx - $$
        test    edx, FEATURE_NX
        jz      refuse
        pop     ebx
        ret

; Carry if the CPU can walk five levels (leaf 7, ECX bit 16). Keeps EAX, EBX and EDX.
STRUCTURED_FEATURES equ 7
FEATURE_LA57_BIT    equ 16

has_five_levels:
        push    eax
        push    ebx
        push    edx
        xor     eax, eax
        cpuid
        cmp     eax, STRUCTURED_FEATURES
        mov     eax, 0                  ; keeps the flags
        jb      .known
        mov     eax, STRUCTURED_FEATURES
        xor     ecx, ecx
        cpuid
        mov     eax, ecx
.known: bt      eax, FEATURE_LA57_BIT
        pop     edx
        pop     ebx
        pop     eax
        ret

; --- Refusal ----------------------------------------------------------------------------------
; ESI = offset in the image of a text that ends in 0 and has only letters that Refusal.asm can draw;
; EDI = boot information or 0.

refuse:
        add     esi, ebp
        jmp     boot_refuse

; From 64-bit mode: R12 = boot information. The identity map serves 32-bit code as well.
bits 64
boot_refuse_memory:
        lea     rsi, [rel text_no_memory]
        mov     rdi, r12
        lea     rax, [rel boot_refuse]
        push    CODE32_SELECTOR
        push    rax
        retfq
bits 32

text_no_multiboot2: db "This kernel must be started by a multiboot2 boot loader.", 0
text_no_long_mode:  db "This kernel needs a 64-bit processor (x86-64 long mode).", 0
text_no_nx:         db "This kernel needs the processor's NX bit, switched on in the firmware's "
                    db "set-up.", 0
text_no_memory:     db "There is not enough memory for this kernel.", 0

; --- Descriptors ------------------------------------------------------------------------------
; Accessed bits are set beforehand, so that the CPU never writes to this read-only table.

        align   16, db 0
boot_gdt:
        dq      0
        dq      0x00AF9B000000FFFF      ; 64-bit code, supervisor
        dq      0x00CF93000000FFFF      ; data, supervisor
        dq      0x00CF9B000000FFFF      ; 32-bit code, supervisor
.end:
