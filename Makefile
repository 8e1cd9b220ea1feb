# `make run` shows packdesk with a sample design, `make test` checks everything, `make quick` what a minute is
# enough for. All set up what they need (on Debian and its kin system libraries too) and may be repeated.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SPEC := packaging_spec
PINNED := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r

# Versions that are there stay, unless UPGRADE says --upgrade.
PIN := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links $(UPGRADE) pyproject.toml $(SPEC)/build.in -o

SCREEN := xvfb-run -a -s "-screen 0 1920x1200x24"
PYTEST := $(BIN)/python -m pytest --dist loadfile --no-loadscope-reorder --max-worker-restart 0
PURE := tests/domain tests/textures tests/export $(wildcard tests/test_*.py)
GERMAN := assets/translations/packdesk_de
REVIEW := assets/review

# Qt's and Mesa's libraries, a virtual screen, and a Redis server for the tests.
DEBIAN_PACKAGES := xvfb xauth redis-server libegl1 libgl1 libgl1-mesa-dri libdbus-1-3 libfontconfig1 \
	libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0

# Also where the machine is told otherwise: compiling packdesk again at every start takes the tests a minute.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test quick lint types doors check setup system freeze screenshots translations record constraints bench clean

help: ## List the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort

run: setup ## Open packdesk on a sample design (without a display: draw it unseen and name the picture)
	@$(BIN)/packdesk demo --force

test: setup lint doors ## Everything that must hold
	@$(MAKE) --no-print-directory --jobs 2 types check

quick: setup lint doors types ## Lint, types and the tests that need no window, no server and no process
	$(PYTEST) -n 2 $(PURE)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

doors: setup
	$(BIN)/lint-imports

types: setup
	$(BIN)/mypy

# Three workers for two cores, as tests also wait: for servers that do not answer, for windows, for processes.
check: setup
	$(PYTEST) -n 3

setup: system $(VENV)/.installed $(REVIEW)/built/model-viewer.js

# Whatever comes from elsewhere must be the very file that was tested; only then our own package, which has no hash.
$(VENV)/.installed: pyproject.toml $(SPEC)/constraints-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(PINNED) $(SPEC)/constraints-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The part of the review page that is not ours. Where npm's packages cannot be had, all else works.
$(REVIEW)/built/model-viewer.js: $(wildcard $(SPEC)/review/*) | $(VENV)/.installed
	$(BIN)/python $(SPEC)/review/build.py

# Only what is missing is installed; elsewhere than on Debian this does nothing.
system:
	@command -v dpkg-query >/dev/null || exit 0; \
	wanted="$(DEBIAN_PACKAGES)"; \
	$(PYTHON) -c "import ensurepip, venv" 2>/dev/null || wanted="$$wanted python3-venv"; \
	missing=""; \
	for package in $$wanted; do \
		dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q "ok installed" || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	echo "Installing:$$missing"; \
	root=""; [ "$$(id -u)" = 0 ] || root=sudo; \
	$$root apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive $$root apt-get install -qq -y --no-install-recommends $$missing >/dev/null

freeze: setup ## Build the stand-alone program into dist/
	$(PINNED) $(SPEC)/constraints-freeze.txt
	$(BIN)/pyinstaller --noconfirm --log-level WARN packaging_spec/packdesk.spec

screenshots: setup ## Draw the pictures of the pages anew (at releases only)
	$(SCREEN) $(BIN)/python docs/screenshots.py
	$(SCREEN) $(BIN)/python docs/gallery.py
	$(BIN)/python benchmarks/offline_sheet.py docs/images/families.webp

translations: setup ## Collect the texts of the window anew, compile what is translated, list all in docs/messages.md
	$(BIN)/python docs/messages.py catalogue
	$(BIN)/pyside6-lupdate -silent -no-obsolete -locations none -source-language en -target-language de \
		$$(find packdesk -name '*.py' | sort) -ts $(GERMAN).ts
	$(BIN)/pyside6-lrelease -silent $(GERMAN).ts -qm $(GERMAN).qm
	$(BIN)/python docs/messages.py table

record: setup ## Keep results, limits and defaults as they are now, as what the tests expect (tests/recorded.json)
	RECORD_RESULTS=1 $(BIN)/python -m pytest -q -k "recorded or chosen" $(addprefix tests/,domain services store textures dielines export)

constraints: ## Pin anew what is installed, with hashes for every platform (needs uv; UPGRADE=--upgrade for new versions)
	$(PIN) $(SPEC)/constraints.txt
	$(PIN) $(SPEC)/constraints-dev.txt --extra dev -c $(SPEC)/constraints.txt
	$(PIN) $(SPEC)/constraints-freeze.txt --extra dev --extra freeze -c $(SPEC)/constraints-dev.txt
	$(PIN) $(SPEC)/constraints-serve.txt --extra serve -c $(SPEC)/constraints.txt
	$(PIN) $(SPEC)/constraints-mcp.txt --extra mcp -c $(SPEC)/constraints-dev.txt
	$(PIN) $(SPEC)/constraints-bench.txt --extra bench -c $(SPEC)/constraints.txt

bench: setup ## Measure
	$(SCREEN) $(BIN)/python benchmarks/endurance.py

clean: ## Remove what the commands made
	rm -rf $(VENV) $(REVIEW)/built build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis packdesk-demo.png
