# MemOS from a fresh machine to a shell prompt: make run. Every target does its own set-up.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

ISO := artifacts/MemOS.iso
COSMOS_TEST := dotnet run --project Cosmos/Cosmos.TestRunner/Tool --no-launch-profile --

# DISPLAY is also the window system's variable: only "make run DISPLAY=1" asks for the screen.
ifeq ($(origin DISPLAY):$(DISPLAY),command line:1)
VIEW := screen
# A variable from the command line would hide the window system's own from QEMU.
WINDOWS := DISPLAY="$$(tr '\0' '\n' </proc/$$PPID/environ | sed -n 's/^DISPLAY=//p')"
else
VIEW := terminal
WINDOWS :=
endif

STEPS ?= 50000000
QEMU_STEPS ?= 3000000
CALLS ?= 5000000
RUNS ?= 20000000
BOCHS_MODELS ?= tigerlake corei7_skylake_x core2_penryn_t9600

.PHONY: help run test audit soak iso bench burn demo clean setup

help: ## Say what there is to make
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand --tabs=14

run: iso ## Boot in QEMU, console on this terminal; DISPLAY=1 shows the screen
	@$(WINDOWS) build/run.sh $(ISO) $(VIEW)

demo: iso ## Run all demos and power off; the exit status says whether they went well
	@build/variant.sh $(ISO) artifacts/MemOS-demo.iso demo
	@$(COSMOS_TEST) watch artifacts/MemOS-demo.iso --expect 'demos: [1-9][0-9]* passed, 0 failed'

bench: iso ## Measure the kernel in guest instructions, beside Linux
	@build/variant.sh $(ISO) artifacts/MemOS-bench.iso bench
	@$(COSMOS_TEST) watch artifacts/MemOS-bench.iso --clock Instructions \
		--memory 4096 --limit 900 --silence 300 --expect 'bench: done'
	@build/variant.sh $(ISO) artifacts/MemOS-entries.iso entries
	@$(COSMOS_TEST) watch artifacts/MemOS-entries.iso --clock Instructions \
		--limit 900 --silence 300 --expect 'longest entry: [0-9,]+ instructions'

audit: iso ## Boot a series of machines and measure what is protected
	@dotnet run --project MemOS.Tests/Protection --no-launch-profile

test: setup ## Run every test; last line "N passed, N failed"
	@build/test.sh

soak: iso ## Run models, random calls and changed files for hours, and demos in Bochs
	@MEMOS_STEPS=$(STEPS) dotnet test MemOS.Tests/Host --nologo \
		--filter FullyQualifiedName~MemoryProperties
	@MEMOS_QEMU_STEPS=$(QEMU_STEPS) dotnet test MemOS.Tests/Target --nologo \
		--filter FullyQualifiedName~ModeltestTests
	@MEMOS_FUZZ_CALLS=$(CALLS) dotnet test MemOS.Tests/Target --nologo \
		--filter FullyQualifiedName~FuzzTests
	@MEMOS_FUZZ_RUNS=$(RUNS) dotnet test MemOS.Tests/Host --nologo \
		--filter FullyQualifiedName~CoverageTests
	@MEMOS_SHORTAGE_DENSITY=1000000 dotnet test MemOS.Tests/Target --nologo \
		--filter FullyQualifiedName~ShortageTests
	@build/setup.sh bochs
	@build/variant.sh $(ISO) artifacts/MemOS-bochs.iso demo audit
	@for model in $(BOCHS_MODELS); do build/bochs.sh artifacts/MemOS-bochs.iso $$model; done

# Not by "dotnet build", which says each error twice.
iso: setup ## Build artifacts/MemOS.iso
	@build/restore.sh
	@dotnet msbuild iso/MemOS.csproj -nologo -verbosity:quiet -graph

burn: iso ## Write the ISO to a disk or stick: make burn DEV=/dev/sdX
	@build/burn.sh $(ISO) "$(DEV)"

clean: ## Delete everything that a build makes
	@find . -type d \( -name bin -o -name obj \) -prune -exec rm -r {} +
	@rm -rf artifacts

setup:
	@build/setup.sh
