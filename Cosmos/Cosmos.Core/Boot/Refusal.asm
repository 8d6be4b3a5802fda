; What the boot stub shows when it cannot start the kernel: a line on the first serial port, on the
; text screen, and in the framebuffer where the boot loader left a graphics mode. In 32-bit mode
; without paging, wherever the loader put the image.

global boot_refuse

SERIAL              equ 0x3F8
SERIAL_PATIENCE     equ 0x10000         ; polls before a missing port is given up
TEXT_SCREEN         equ 0xB8000
WHITE_ON_RED        equ 0x4F

section .boot.refusal progbits alloc exec nowrite align=16
bits 32

; ESI = text that ends in 0, EDI = boot information or 0; both physical addresses. Needs a stack.
boot_refuse:
        call    .here
.here:  pop     ebp                     ; EBP = .here, wherever that is
        push    esi
        call    draw
        pop     esi
        mov     edi, TEXT_SCREEN
        lea     ebx, [ebp + serial_setup - .here]
.setup: mov     dx, SERIAL
        add     dl, [ebx]
        mov     al, [ebx + 1]
        out     dx, al
        add     ebx, 2
        cmp     byte [ebx], 0xFF
        jne     .setup
.next:  lodsb
        test    al, al
        jz      .stop
        mov     ah, WHITE_ON_RED
        mov     [edi], ax
        add     edi, 2
        mov     ah, al
        mov     dx, SERIAL + 5
        mov     ecx, SERIAL_PATIENCE
.poll:  in      al, dx
        test    al, 0x20                ; transmitter empty
        loopz   .poll
        mov     dx, SERIAL
        mov     al, ah
        out     dx, al
        jmp     .next
.stop:  hlt
        jmp     .stop

serial_setup:                           ; register, value: 115200 baud, 8N1, FIFO on
        db      1, 0x00, 3, 0x80, 0, 0x01, 1, 0x00, 3, 0x03, 2, 0xC7, 4, 0x0B, 0xFF

; --- The framebuffer --------------------------------------------------------------------------
; The boot information's tag of type 8 (multiboot2 specification, 3.6.12).

TAG_END             equ 0
TAG_FRAMEBUFFER     equ 8
FRAMEBUFFER         equ 8               ; its address, 64 bits
FRAMEBUFFER_HIGH    equ 12
PITCH               equ 16              ; bytes from one row to the next
WIDTH               equ 20              ; pixels
PIXEL_BITS          equ 28              ; of a pixel
KIND                equ 29
DIRECT_COLOUR       equ 1

MARGIN              equ 24              ; pixels
SCALE               equ 2               ; pixels for one of a letter's
COLUMNS             equ 6               ; of a letter, with the space to the next
ROWS                equ 8
LINE_HEIGHT         equ (ROWS + 3) * SCALE

; ESI = text, EDI = boot information or 0, EBP = boot_refuse.here.
draw:
        test    edi, edi
        jz      .done
        add     edi, 8
.tag:   mov     eax, [edi]
        cmp     eax, TAG_FRAMEBUFFER
        je      .found
        cmp     eax, TAG_END
        je      .done
        mov     eax, [edi + 4]
        add     eax, 7                  ; tags begin at multiples of 8
        and     eax, -8
        add     edi, eax
        jmp     .tag
.found: cmp     byte [edi + KIND], DIRECT_COLOUR
        jne     .done
        cmp     dword [edi + FRAMEBUFFER_HIGH], 0
        jne     .done                   ; out of reach without paging
        mov     ecx, MARGIN             ; ECX = the letter's top, EDX = its left
.line:  mov     edx, MARGIN
.next:  lodsb
        test    al, al
        jz      .done
        call    draw_letter
        add     edx, COLUMNS * SCALE
        lea     eax, [edx + COLUMNS * SCALE]
        cmp     eax, [edi + WIDTH]
        jb      .next
        add     ecx, LINE_HEIGHT
        jmp     .line
.done:  ret

; AL = letter, white; what is not in the list stays blank. All ones are white in every format of
; direct colour.
draw_letter:
        pushad
        lea     ebx, [ebp + letters - boot_refuse.here]
.find:  cmp     byte [ebx], 0
        je      .done
        cmp     al, [ebx]
        je      .found
        add     ebx, 1 + ROWS
        jmp     .find
.found: imul    ecx, [edi + PITCH]
        add     ecx, [edi + FRAMEBUFFER]
        movzx   esi, byte [edi + PIXEL_BITS]
        add     esi, 7
        shr     esi, 3                  ; ESI = bytes of a pixel
        imul    edx, esi
        add     ecx, edx                ; ECX = the pixel at the top left
        push    dword [edi + PITCH]
        mov     dl, ROWS
.row:   inc     ebx
        mov     dh, SCALE
.line:  push    ecx
        mov     al, [ebx]
        mov     ah, COLUMNS
.pixel: mov     edi, ecx
        lea     ecx, [ecx + esi * SCALE]
        shl     al, 1
        jnc     .dark
        push    eax
        push    ecx
        lea     ecx, [esi * SCALE]
        mov     al, 0xFF
        rep     stosb
        pop     ecx
        pop     eax
.dark:  dec     ah
        jnz     .pixel
        pop     ecx
        add     ecx, [esp]
        dec     dh
        jnz     .line
        dec     dl
        jnz     .row
        pop     eax
.done:  popad
        ret

; The letters of the texts in Header.asm: each with its rows, five pixels from the highest bit on.
letters:
        db      'a', 0x00, 0x00, 0x70, 0x08, 0x78, 0x88, 0x78, 0x00
        db      'b', 0x80, 0x80, 0xB0, 0xC8, 0x88, 0x88, 0xF0, 0x00
        db      'c', 0x00, 0x00, 0x70, 0x80, 0x80, 0x88, 0x70, 0x00
        db      'd', 0x08, 0x08, 0x68, 0x98, 0x88, 0x88, 0x78, 0x00
        db      'e', 0x00, 0x00, 0x70, 0x88, 0xF8, 0x80, 0x70, 0x00
        db      'f', 0x30, 0x48, 0x40, 0xE0, 0x40, 0x40, 0x40, 0x00
        db      'g', 0x00, 0x00, 0x78, 0x88, 0x88, 0x78, 0x08, 0x70
        db      'h', 0x80, 0x80, 0xB0, 0xC8, 0x88, 0x88, 0x88, 0x00
        db      'i', 0x20, 0x00, 0x60, 0x20, 0x20, 0x20, 0x70, 0x00
        db      'k', 0x80, 0x80, 0x90, 0xA0, 0xC0, 0xA0, 0x90, 0x00
        db      'l', 0x60, 0x20, 0x20, 0x20, 0x20, 0x20, 0x70, 0x00
        db      'm', 0x00, 0x00, 0xD0, 0xA8, 0xA8, 0x88, 0x88, 0x00
        db      'n', 0x00, 0x00, 0xB0, 0xC8, 0x88, 0x88, 0x88, 0x00
        db      'o', 0x00, 0x00, 0x70, 0x88, 0x88, 0x88, 0x70, 0x00
        db      'p', 0x00, 0x00, 0xF0, 0x88, 0x88, 0xF0, 0x80, 0x80
        db      'r', 0x00, 0x00, 0xB0, 0xC8, 0x80, 0x80, 0x80, 0x00
        db      's', 0x00, 0x00, 0x70, 0x80, 0x70, 0x08, 0xF0, 0x00
        db      't', 0x40, 0x40, 0xE0, 0x40, 0x40, 0x48, 0x30, 0x00
        db      'u', 0x00, 0x00, 0x88, 0x88, 0x88, 0x98, 0x68, 0x00
        db      'w', 0x00, 0x00, 0x88, 0x88, 0xA8, 0xA8, 0x50, 0x00
        db      'x', 0x00, 0x00, 0x88, 0x50, 0x20, 0x50, 0x88, 0x00
        db      'y', 0x00, 0x00, 0x88, 0x88, 0x88, 0x78, 0x08, 0x70
        db      'N', 0x88, 0x88, 0xC8, 0xA8, 0x98, 0x88, 0x88, 0x00
        db      'T', 0xF8, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x00
        db      'X', 0x88, 0x88, 0x50, 0x20, 0x50, 0x88, 0x88, 0x00
        db      '2', 0x70, 0x88, 0x08, 0x10, 0x20, 0x40, 0xF8, 0x00
        db      '4', 0x10, 0x30, 0x50, 0x90, 0xF8, 0x10, 0x10, 0x00
        db      '6', 0x30, 0x40, 0x80, 0xF0, 0x88, 0x88, 0x70, 0x00
        db      '8', 0x70, 0x88, 0x88, 0x70, 0x88, 0x88, 0x70, 0x00
        db      '-', 0x00, 0x00, 0x00, 0xF8, 0x00, 0x00, 0x00, 0x00
        db      '(', 0x10, 0x20, 0x40, 0x40, 0x40, 0x20, 0x10, 0x00
        db      ')', 0x40, 0x20, 0x10, 0x10, 0x10, 0x20, 0x40, 0x00
        db      '.', 0x00, 0x00, 0x00, 0x00, 0x00, 0x60, 0x60, 0x00
        db      ',', 0x00, 0x00, 0x00, 0x00, 0x00, 0x60, 0x20, 0x40
        db      "'", 0x20, 0x20, 0x40, 0x00, 0x00, 0x00, 0x00, 0x00
        db      0
