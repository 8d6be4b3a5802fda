#!/usr/bin/env bash
# Boots an ISO in Bochs and shows its serial line until the machine is off: bochs.sh ISO MODEL
#
# A second machine, whose authors are not QEMU's: what a kernel relies on by accident differs.
# The ISO is a variant with the words "demo audit"; MODEL is a processor of Bochs', such as
# tigerlake. Exit status 0 when the demos passed and memory is sound.
set -euo pipefail

iso="$(realpath "$1")"
model="$2"
limit=1200   # seconds; a healthy run takes a tenth of that on an idle processor

work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT

main() {
    configure >"$work/bochsrc"
    echo continue >"$work/debugger"
    # The display of text, as there may be no window system. It needs a terminal, and knows no
    # graphics mode: the boot loader finds none, and MemOS uses the screen of text.
    (cd "$work" && TERM=linux timeout "$limit" script --quiet --return --flush --command \
        "stty rows 50 cols 132; bochs -q -f bochsrc -rc debugger" /dev/null </dev/null >screen) \
        || true
    cat "$work/serial"
    grep --quiet 'demos: [1-9][0-9]* passed, 0 failed' "$work/serial" \
        && grep --quiet 'audit: sound' "$work/serial" \
        || fail
    echo "bochs: $model passed"
}

configure() {
    cat <<END
display_library: term
config_interface: textconfig
megs: 512
cpu: model=$model, count=1, ips=50000000
romimage: file=/usr/share/bochs/BIOS-bochs-latest
vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
vga: extension=none
pci: enabled=1, chipset=i440fx
ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
ata0-master: type=cdrom, path="$iso", status=inserted
boot: cdrom
com1: enabled=1, mode=file, dev=serial
log: log
panic: action=fatal
error: action=report
info: action=report
clock: sync=none, time0=utc
plugin_ctrl: speaker=0
END
}

fail() {
    tail -n 40 "$work/log" >&2
    echo "bochs: $model failed" >&2
    exit 1
}

touch "$work/serial"
main
