#!/usr/bin/env bash
# Builds everything, checks the format, runs all tests. Last line: "N passed, N failed".
#
# A build, a format check or a test program that fails without naming a test counts as one
# failure, and so does a run in which no test ran at all.
set -euo pipefail

solution=MemOS.sln
results=artifacts/tests
passed=0
failed=0

main() {
    rm -rf "$results"
    mkdir -p "$results"
    if step "build" dotnet build "$solution" --nologo; then
        step "format" check_format || true
        run_tests
        count_tests
    fi

    if ((passed + failed == 0)); then note_failure "no test ran"; fi
    echo "$passed passed, $failed failed"
    ((failed == 0))
}

step() {
    local name="$1"
    shift
    echo "== $name"
    if ! "$@"; then
        note_failure "$name"
        return 1
    fi
}

# A program that the solution does not list is a user's own, in whatever style.
check_format() {
    local guests=()
    local project
    for project in Userland/*/*.csproj; do
        if [[ -e "$project" ]] && ! grep --quiet --fixed-strings "\"${project//\//\\}\"" \
            "$solution"; then
            guests+=("${project%/*}/")
        fi
    done
    dotnet format "$solution" --no-restore --verify-no-changes \
        ${guests[@]+--exclude "${guests[@]}"}
}

run_tests() {
    echo "== tests"
    # One program after another: those in QEMU need both processors.
    tests_ended_well=yes
    dotnet test "$solution" --no-build --nologo -maxcpucount:1 \
        --logger trx --results-directory "$results" || tests_ended_well=no
}

count_tests() {
    local named=0
    local file counters
    for file in "$results"/*.trx; do
        [[ -e "$file" ]] || continue
        counters="$(grep -o '<Counters [^>]*>' "$file")"
        passed=$((passed + $(counter passed "$counters")))
        named=$((named + $(counter total "$counters") - $(counter passed "$counters") \
            - $(counter notExecuted "$counters")))
    done

    failed=$((failed + named))
    if [[ "$tests_ended_well" == no ]] && ((named == 0)); then
        note_failure "a test program broke off"
    fi
}

counter() {
    sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$2"
}

note_failure() {
    echo "FAILED: $1" >&2
    failed=$((failed + 1))
}

main
