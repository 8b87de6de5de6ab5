# Two commands are enough: `make run` and `make test`. Everything else is a part of them.
PYTHON := $(shell sh scripts/find-python.sh)
BIN := .venv/bin
SETUP = $(PYTHON) scripts/set_up.py
NODE = $(PYTHON) scripts/node.py
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --upgrade
# File by file, in the order `tests/conftest.py` puts them in: the longest first.
SHARED_OUT = --dist loadfile --no-loadscope-reorder

.PHONY: run dev set-up check check-python check-web test soak bench licences lock format

run: python                       ## Set up what is missing and start the product: make run ARGS="--port 9000"
	@$(SETUP) product web
	@exec $(BIN)/tuoke serve $(ARGS)

dev: python                       ## The product, and beside it the web app's own server that shows changes at once
	@$(SETUP) dev web web-dev
	@exec $(BIN)/python scripts/dev.py $(ARGS)

set-up: python                    ## Everything `make test` needs
	@$(SETUP) dev web web-dev

check: set-up                     ## What machines can judge without running the product
	@$(MAKE) --no-print-directory --jobs 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync) check-python check-web

check-python:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(NODE) $(BIN)/pyright
	PYTHONPATH=src $(BIN)/lint-imports
	$(BIN)/python scripts/licences.py

check-web:
	$(NODE) npm --prefix web run --silent check
	$(NODE) npm --prefix web run --silent size

test: check                       ## Everything: checks, then all tests on a real PostgreSQL and in a real browser
	sh scripts/ensure-chromium.sh
	$(BIN)/python -m pytest -m "not soak" --ignore tests/e2e --ignore tests/bench --numprocesses 3 $(SHARED_OUT)
	$(BIN)/python -m pytest -m "not soak" tests/e2e tests/bench --numprocesses 2 $(SHARED_OUT)

soak: set-up                      ## The long runs: kill loops, seeds, load; then the table of figures, into docs/figures.md
	sh scripts/ensure-chromium.sh
	$(BIN)/python -m pytest -m soak
	$(BIN)/python -m bench --write docs/figures.md

bench: set-up                     ## The table of figures, measured here
	$(BIN)/python -m bench

licences: set-up                  ## Fails on GPL, AGPL or an unknown licence in what we ship
	$(BIN)/python scripts/licences.py

format: set-up
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(NODE) npm --prefix web run --silent format

docs: set-up                      ## Writes what the code itself can say of docs/: rooms, field types, calls, problems, commands
	$(BIN)/python scripts/docs.py

lock: set-up                      ## Pin the newest allowed versions, with checksums; no registry's address gets in
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -c requirements.txt -o requirements-dev.txt
	$(LOCK) requirements-node.in -o requirements-node.txt
	$(NODE) npm --prefix web install --package-lock-only --no-audit --no-fund

python:
	@test -n "$(PYTHON)"
.PHONY: python
