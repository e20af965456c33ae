# Every command a person types. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# rustup puts cargo here, and not every shell knows it.
export PATH := $(PATH):$(HOME)/.cargo/bin
# The page is compiled into the program instead of being asked from a development server. Everything at once, tests
# too: another selection would mean other features of the same packages, and minutes of compiling them again.
BUILD := cargo build --workspace --all-targets --features tauri/custom-protocol

.NOTPARALLEL:

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## Build Hallway and open its window (FILE=path opens another file)
	@scripts/run $(FILE)

.PHONY: dev
dev: ready ## Open the window on a page that reloads as you edit it
	npx tauri dev

.PHONY: build
build: ready ui/dist/index.html ## Build the window and the command line, as for testing
	$(BUILD)

.PHONY: test
test: ready-to-test ## Run every test, from the core to the real window, and sum up
	@scripts/test

.PHONY: prove
prove: ready-to-test build ## Prove at length that nothing is lost and nothing runs (hours; PART=power_cut, any_order, hostile…)
	@scripts/prove $(PART)

.PHONY: check
check: ready ## Format, lint and types, in a hurry
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- --deny warnings
	npm run --silent check
	npx tsc --project tests

.PHONY: shots
shots: ready-to-test build ## Take a picture of every main screen, in docs/screens
	npx vitest run --config tests/shots/vitest.config.ts

.PHONY: package
package: ready-to-prove ## Build the installable packages (deb, rpm), install, use and purge one in a throw-away layer
	@scripts/package
	@scripts/prove-package

.PHONY: bench
bench: ready-to-prove ## Measure how quick it is (SIZE=10k, 100k or 1m; PART=lists, import, window…)
	@scripts/bench $(SIZE) $(PART)

.PHONY: ready
ready:
	@scripts/setup run

.PHONY: ready-to-prove
ready-to-prove:
	@scripts/setup prove

.PHONY: ready-to-test
ready-to-test:
	@scripts/setup test

ui/dist/index.html: package-lock.json $(shell find ui -path ui/dist -prune -o -type f -print)
	npm run --silent build
