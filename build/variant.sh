#!/usr/bin/env bash
# Makes a variant of an ISO whose kernel gets more words: variant.sh ISO VARIANT WORD...
#
# Only the boot menu on the disc changes: every multiboot2 line gets the words at its end.
set -euo pipefail

iso="$1"
variant="$2"
shift 2

work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT
menu=/boot/grub/grub.cfg

xorriso -osirrox on -indev "$iso" -extract "$menu" "$work/old.cfg" 2>"$work/log" \
    || { cat "$work/log" >&2; exit 1; }
sed "s|^\([[:space:]]*multiboot2[[:space:]].*\)\$|\1 $*|" "$work/old.cfg" >"$work/new.cfg"
if cmp --quiet "$work/old.cfg" "$work/new.cfg"; then
    echo "variant: the menu of $iso loads no kernel by multiboot2" >&2
    exit 1
fi

rm -f "$variant"
xorriso -indev "$iso" -outdev "$variant" -boot_image any replay \
    -map "$work/new.cfg" "$menu" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
