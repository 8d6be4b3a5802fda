; Reading the processor's clock, and a stretch of instructions of known length to hold it against.
default rel

section .text align=16

; uint64_t BenchReadCounter(void): once all before it is done, and before anything after it begins
global BenchReadCounter
align 16
BenchReadCounter:
    lfence
    rdtsc
    lfence
    shl     rdx, 32
    or      rax, rdx
    ret

; void BenchRunInstructions(uint64_t count): count instructions, and a handful more
global BenchRunInstructions
align 16
BenchRunInstructions:
    shr     rdi, 1
.next:
    dec     rdi
    jnz     .next
    ret
