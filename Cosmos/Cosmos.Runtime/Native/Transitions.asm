; Hooks at the borders of managed code. Nothing ever suspends a thread inside managed code here, so
; the hooks have nothing to record.
default rel

global RhpGcPoll, RhpPInvoke, RhpPInvokeReturn, RhpReversePInvoke, RhpReversePInvokeReturn

section .text align=16
align 16
RhpGcPoll:
RhpPInvoke:
RhpPInvokeReturn:
RhpReversePInvoke:
RhpReversePInvokeReturn:
    ret
