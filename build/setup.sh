#!/usr/bin/env bash
# Makes sure that what MemOS is built and run with is installed. Quick when it is.
# "setup.sh bochs" does the same for what only build/bochs.sh needs.
#
# Debian packages are installed quietly, as root or through sudo; on other systems, and for the
# .NET SDK everywhere, this only says what is missing.
set -euo pipefail

root="$(dirname "${BASH_SOURCE[0]}")/.."
packages=(
    qemu-system-x86 ipxe-qemu seabios ovmf   # machines to boot on
    grub-common grub-pc-bin grub-efi-amd64-bin xorriso mtools   # the ISO
    nasm binutils   # assembler and linker
)
commands=(qemu-system-x86_64 grub-mkimage xorriso mformat mmd mcopy nasm ld objcopy)

main() {
    if [[ "${1:-}" == bochs ]]; then
        packages=(bochs bochs-term bochsbios vgabios)
        commands=(bochs script)
        require_packages
        return
    fi
    require_packages
    require_dotnet
}

require_packages() {
    if ! command -v dpkg-query apt-get >/dev/null; then
        require_commands
        return
    fi

    local missing=()
    for package in "${packages[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    if ((${#missing[@]} > 0)); then install_packages "${missing[@]}"; fi
}

is_installed() {
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

install_packages() {
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "as root, run: apt-get install $*"
        as_root=(sudo)
    fi

    echo "Installing: $*"
    local log
    log="$(mktemp)"
    if ! {
        "${as_root[@]}" apt-get update --quiet
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install --yes --quiet --no-install-recommends "$@"
    } >"$log" 2>&1; then
        cat "$log" >&2
        fail "apt-get could not install: $*"
    fi
    rm "$log"
}

require_commands() {
    local missing=()
    for name in "${commands[@]}"; do
        command -v "$name" >/dev/null || missing+=("$name")
    done
    if ((${#missing[@]} > 0)); then
        fail "these commands are missing: ${missing[*]} (on Debian: ${packages[*]})"
    fi
}

require_dotnet() {
    # In the repository, where global.json says which SDKs will do: with none of them this fails.
    local version
    version="$(cd "$root" && dotnet --version 2>/dev/null)" || version=""
    if [[ "$version" == 10.* ]]; then return; fi

    local found=""
    if command -v dotnet >/dev/null; then
        found="$({ dotnet --list-sdks || true; } | sed 's/ .*//' | tr '\n' ' ')"
    fi
    fail "MemOS is built with the .NET SDK 10.0; found: ${found:-none}
It installs beside others with
    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
    export PATH=\"\$HOME/.dotnet:\$PATH\"
or from https://dotnet.microsoft.com/download"
}

fail() {
    echo "setup: $1" >&2
    exit 1
}

main "$@"
