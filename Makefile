# `make demo` and `make test` set up what they need in .venv; `make help` lists the rest.
# PYTHON: an interpreter to use instead of the one .venv has, else the first suitable one on the PATH: `make PYTHON=python3.12 test`.

SUITABLE := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in .venv/bin/python python3 python3.13 python3.12 python3.11 python; do $$p -c '$(SUITABLE)' >/dev/null 2>&1 && { echo $$p; exit; }; done; echo python3)
VERSION := $(shell $(PYTHON) -c 'import platform; print(platform.python_version())' 2>/dev/null)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# One stamp for each interpreter: another Python makes another environment, a changed lock an update.
READY := .venv/ready-$(VERSION)

# durable_rules comes as source and calls a function that Python 3.13 removed; the name it should call is there in every version.
export CPPFLAGS := -DPyEval_CallObject=PyObject_CallObject $(CPPFLAGS)

# One lock for the three Pythons: hashes of every file a package has, and nothing about where it was found.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --no-header --quiet $(UPGRADE)

.PHONY: help setup demo test check soak bench reference wheel lock clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 10

setup: $(READY) ## everything needed, in .venv

$(READY): pyproject.toml requirements/build.txt requirements/dev.txt
	@$(PYTHON) -c '$(SUITABLE)' || { echo "setup: this needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is not one; name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) requirements/machine.py
	@if [ "$$($(BIN)/python -c 'import platform; print(platform.python_version())' 2>/dev/null)" != "$(VERSION)" ]; then \
		echo "setup: .venv with Python $(VERSION)"; $(PYTHON) -m venv --clear .venv; fi
	@echo "setup: installing the locked packages (a minute or two, the first time)"
	@$(PIP) install -qq --require-hashes -r requirements/build.txt
	@$(PIP) cache remove durable_rules >/dev/null 2>&1 || true # a wheel built without the flag above would be taken from the cache
	@$(PIP) install -qq --require-hashes --no-build-isolation --use-pep517 -r requirements/dev.txt
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@rm -f .venv/ready-* && touch $@

demo: $(READY) ## judge the three bundled drafts: a go, a hold and a no-go
	@judge() { \
		set -- $$2 check examples/$$1.json --feed feeds/demo --now 2026-11-17T15:00:00Z; expected=$$1; shift; \
		printf '\n$$ rtm-gate %s\n\n' "$$*"; $(BIN)/rtm-gate "$$@"; got=$$?; \
		[ $$got -eq $$expected ] || { echo "demo: exit code $$got, expected $$expected" >&2; exit 1; }; }; \
	judge go 0; judge hold 10; judge no-go 20

test: check ## the checks, then every test
	$(BIN)/pytest -n 2 --dist loadfile

check: $(READY) ## style, types, and which room imports which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

soak: $(READY) ## every test with its full volumes (long)
	RTM_GATE_SOAK=1 $(BIN)/pytest

bench: $(READY) ## the figures of benchmarks/
	@for script in benchmarks/*.py; do echo; echo "$$ python $$script"; $(BIN)/python $$script || exit 1; done

reference: $(READY) ## docs/schemas, docs/facts.md and docs/topics.md, made from the code
	$(BIN)/python -m tools.reference

wheel: $(READY) ## dist/rtm_gate-*.whl
	$(PIP) wheel -qq --no-deps --no-build-isolation --wheel-dir dist .

lock: ## requirements/*.txt from pyproject.toml (needs uv; UPGRADE=--upgrade takes newer versions)
	$(LOCK) --group build -o requirements/build.txt
	$(LOCK) pyproject.toml -o requirements/base.txt
	$(LOCK) pyproject.toml --group dev -c requirements/build.txt -c requirements/base.txt -o requirements/dev.txt

clean: ## removes .venv, caches and built files
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
