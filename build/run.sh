#!/usr/bin/env bash
# Boots an ISO for a person: run.sh ISO terminal|screen
#
# terminal: the serial console on this terminal; Ctrl-A X leaves.
# screen:   the machine's screen in a window, or over VNC where there is none; the serial
#           console stays on the terminal.
set -euo pipefail

iso="$1"
view="$2"

display=(-display none)
if [[ "$view" == screen ]]; then
    windows="$(qemu-system-x86_64 -display help)"
    if [[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" && "$windows" == *gtk* ]]; then
        display=(-display gtk)
    elif [[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" && "$windows" == *sdl* ]]; then
        display=(-display sdl)
    else
        display=(-display vnc=localhost:0)
        echo "No window system: see the screen with a VNC viewer on localhost:5900."
    fi
fi

# A machine can have KVM and still not run this QEMU's "max" processor with it: ask, with no kernel.
accel=tcg
# In braces, so that what bash itself says of a QEMU that aborts is not the first line of all.
if { qemu-system-x86_64 -nodefaults -display none -accel kvm -cpu max -S -monitor stdio \
    <<<quit; } >/dev/null 2>&1; then
    accel=kvm
fi

echo "Ctrl-A X leaves."
exec qemu-system-x86_64 -nodefaults -accel "$accel" -cpu max -m 512M \
    -cdrom "$iso" -vga std -serial mon:stdio "${display[@]}"
