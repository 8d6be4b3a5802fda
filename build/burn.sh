#!/usr/bin/env bash
# Writes an ISO to a disk, after asking: burn.sh ISO DEVICE
#
# Everything on the disk is lost, so this refuses what is not a whole disk, what is in use, and
# what the image cannot be written to: a disk that is smaller, has no medium or is read-only.
set -euo pipefail

iso="$1"
device="${2:-}"

main() {
    [[ -n "$device" ]] || fail "name the disk: make burn DEV=/dev/sdX"

    local kind
    kind="$(lsblk --nodeps --noheadings --output TYPE -- "$device" 2>/dev/null)" \
        || fail "$device is not a block device"
    [[ "$kind" == disk ]] || fail "$device is a $kind, not a whole disk"

    # With its partitions, and what is stacked on them.
    local used
    used="$(lsblk --noheadings --output MOUNTPOINTS -- "$device" | sed '/^[[:space:]]*$/d')"
    [[ -z "$used" ]] || fail "$device is in use: ${used//$'\n'/, }"

    local readonly bytes needed
    read -r readonly bytes < <(lsblk --nodeps --noheadings --bytes --output RO,SIZE -- "$device")
    needed="$(stat --format=%s -- "$iso")"
    ((bytes >= needed)) || fail "$device holds $bytes bytes, and the image has $needed"
    ((readonly == 0)) || fail "$device is read-only"

    lsblk --nodeps --output NAME,SIZE,VENDOR,MODEL -- "$device"
    local answer
    read -r -p "All data on $device will be lost. Type its name to go on: " answer || answer=""
    [[ "$answer" == "$device" ]] || fail "nothing was written"

    local as_root=()
    if [[ ! -w "$device" ]]; then as_root=(sudo); fi
    "${as_root[@]}" dd if="$iso" of="$device" bs=4M oflag=direct conv=fsync status=progress
    echo "$device now boots MemOS."
}

fail() {
    echo "burn: $1" >&2
    exit 1
}

main
