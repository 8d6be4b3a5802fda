; The C library's mathematics on the x87 unit, whose 64-bit significands leave the results within
; one unit in the last place of a double (Intel SDM, volume 1, section 8.3.10).
; Arguments and results are in xmm0 and xmm1, as the System V ABI has them.
default rel

section .text align=16

%macro LOAD_ST0 1
    movsd   [rsp - 8], %1
    fld     qword [rsp - 8]
%endmacro

%macro RETURN_ST0 0
    fstp    qword [rsp - 8]
    movsd   xmm0, [rsp - 8]
    ret
%endmacro

; name and its float twin name##f: the twin widens, calls, narrows.
%macro FLOAT_TWIN 1
global %1f
align 16
%1f:
    cvtss2sd xmm0, xmm0
    sub     rsp, 8
    call    %1
    add     rsp, 8
    cvtsd2ss xmm0, xmm0
    ret
%endmacro

%macro FLOAT_TWIN2 1
global %1f
align 16
%1f:
    cvtss2sd xmm0, xmm0
    cvtss2sd xmm1, xmm1
    sub     rsp, 8
    call    %1
    add     rsp, 8
    cvtsd2ss xmm0, xmm0
    ret
%endmacro

; Brings st0 below 2^63 in size, which the trigonometric instructions need, by whole turns.
reduce_turns:
    fldpi
    fadd    st0, st0
    fxch    st1
.again:
    fprem1
    fnstsw  ax
    test    ah, 4
    jnz     .again
    fstp    st1
    ret

%macro TRIGONOMETRIC 2+
global %1
align 16
%1:
    LOAD_ST0 xmm0
    %2
    fnstsw  ax
    test    ah, 4                       ; C2: the argument was too large
    jz      .done
    call    reduce_turns
    %2
.done:
%endmacro

TRIGONOMETRIC sin, fsin
    RETURN_ST0
FLOAT_TWIN sin

TRIGONOMETRIC cos, fcos
    RETURN_ST0
FLOAT_TWIN cos

TRIGONOMETRIC tan, fptan
    fstp    st0
    RETURN_ST0
FLOAT_TWIN tan

global atan
align 16
atan:
    LOAD_ST0 xmm0
    fld1
    fpatan
    RETURN_ST0
FLOAT_TWIN atan

global atan2
align 16
atan2:
    LOAD_ST0 xmm0
    LOAD_ST0 xmm1
    fpatan
    RETURN_ST0
FLOAT_TWIN2 atan2

; sqrt((1 - x)(1 + x)) on top of x
%macro COSINE_OF_SINE 0
    fld     st0
    fld1
    fsubrp  st1, st0                    ; 1 - x
    fld     st1
    fld1
    faddp
    fmulp
    fsqrt
%endmacro

global asin
align 16
asin:
    LOAD_ST0 xmm0
    COSINE_OF_SINE
    fpatan                              ; atan(x / sqrt(1 - x^2))
    RETURN_ST0
FLOAT_TWIN asin

global acos
align 16
acos:
    LOAD_ST0 xmm0
    COSINE_OF_SINE
    fxch    st1
    fpatan
    RETURN_ST0
FLOAT_TWIN acos

%macro LOGARITHM 2
global %1
align 16
%1:
    %2
    LOAD_ST0 xmm0
    fyl2x
    RETURN_ST0
FLOAT_TWIN %1
%endmacro

LOGARITHM log, fldln2
LOGARITHM log10, fldlg2
LOGARITHM log2, fld1

; st0 = 2^st0
power_of_two:
    fld     st0
    frndint
    fsub    st1, st0
    fxch    st1
    f2xm1
    fld1
    faddp
    fscale
    fstp    st1
    ret


; double CosmosExp(double): finite arguments
global CosmosExp
align 16
CosmosExp:
    LOAD_ST0 xmm0
    fldl2e
    fmulp
    call    power_of_two
    RETURN_ST0

; double CosmosPow(double x, double y): x > 0 and both finite
global CosmosPow
align 16
CosmosPow:
    LOAD_ST0 xmm1
    LOAD_ST0 xmm0
    fyl2x
    call    power_of_two
    RETURN_ST0

global fmod
align 16
fmod:
    LOAD_ST0 xmm1
    LOAD_ST0 xmm0
.again:
    fprem
    fnstsw  ax
    test    ah, 4
    jnz     .again
    fstp    st1
    RETURN_ST0
FLOAT_TWIN2 fmod
