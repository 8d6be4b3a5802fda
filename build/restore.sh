#!/usr/bin/env bash
# Gets the packages that the ISO is built with, if what asks for them has changed: restore.sh
#
# dotnet needs longer to find out that every package is there than to build nothing. So this keeps
# what it saw when it last asked: each project's text, which of them were restored, and where.
set -euo pipefail
cd "$(dirname "$0")/.."

seen=artifacts/restored

main() {
    if [[ -f "$seen" && "$(<"$seen")" == "$(look)" ]]; then return; fi
    rm -f "$seen"
    dotnet restore iso/MemOS.csproj --nologo --verbosity quiet
    mkdir -p artifacts
    look >"$seen"
}

look() {
    pwd
    find . \( -name bin -o -name obj -o -name artifacts -o -name .git \) -prune -o -type f \( \
        -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.sln' \
        -o -name packages.lock.json -o -iname nuget.config -o -name global.json \) -print0 \
        | LC_ALL=C sort --zero-terminated | xargs --null sha256sum
    find . -path '*/obj/project.assets.json' | LC_ALL=C sort
}

main
