; The image as its linker script describes it, and the symbols that only ILC's output defines.
default rel

section .text align=16

%macro ADDRESS_OF 2
global %1
extern %2
align 16
%1:
    lea     rax, [%2]
    ret
%endmacro

ADDRESS_OF CosmosModulesStart,   __modules_start
ADDRESS_OF CosmosModulesEnd,     __modules_end
ADDRESS_OF CosmosThreadDataStart, __tdata_start
ADDRESS_OF CosmosThreadDataEnd,  __tdata_end
ADDRESS_OF CosmosThreadBssEnd,   __tbss_end
ADDRESS_OF CosmosUnwindIndex,    __eh_frame_hdr_start
ADDRESS_OF CosmosMainThreadBlock, main_thread_block
ADDRESS_OF CosmosClasslibTable,  classlib_functions

; The first thread's block: room for the image's thread-local data and the thread control word.
section .bss align=64
main_thread_block:
    resb    4096

; Functions of the class library by ClassLibFunctionId; 0 where nothing here calls it.
section .data.rel.ro align=8
extern GetRuntimeException, AppendExceptionStackFrame, GetSystemArrayEEType
classlib_functions:
    dq      GetRuntimeException         ; 0
    dq      0                           ; 1  FailFast
    dq      0                           ; 2
    dq      AppendExceptionStackFrame   ; 3
    dq      0                           ; 4
    dq      GetSystemArrayEEType        ; 5
    times 8 dq 0                        ; 6-13

; Data that generated code reads: no thread is ever trapped, no optional CPU feature is assumed.
section .data align=8
global RhpTrapThreads, g_cpuFeatures, __security_cookie
RhpTrapThreads:     dq 0
g_cpuFeatures:      dq 0
__security_cookie:  dq 0
