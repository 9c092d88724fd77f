# Everything a newcomer or the checks need. `make demo` and `make test` work on a bare machine with Python 3.11+ and pip.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PYTHONHASHSEED ?= 0

.PHONY: demo test check lint types contracts docs setup setup-dev setup-full lock train weights bench clean help

help:            ## Show the targets
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

setup: $(VENV)/.runtime       ## Create the environment with what reading needs
setup-dev: $(VENV)/.dev       ## Add what the tests need

setup-full: setup-dev         ## Add what the full checks need from the system: PostgreSQL, R, Chromium (Debian, as root)
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then \
	  echo "PostgreSQL is there"; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; \
	else \
	  echo "PostgreSQL is not installed: its tests will be skipped"; \
	fi
	@if command -v Rscript >/dev/null; then \
	  echo "R is there"; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends r-base-core r-cran-haven >/dev/null; \
	else \
	  echo "R is not installed: its test will be skipped"; \
	fi
	@if command -v chromium >/dev/null; then \
	  echo "Chromium is there"; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
	  echo "Chromium is not installed: the tests of the site in a browser will be skipped"; \
	fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/web-tests.txt

demo: setup      ## Read examples/ into a register and print it
	rm -f build/demo.db build/demo.db-wal build/demo.db-shm && mkdir -p build
	$(BIN)/summitry read examples --register build/demo.db
	$(BIN)/summitry show --register build/demo.db

test: setup-dev  ## Run the tests
	$(BIN)/python -m pytest

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

contracts: setup-dev
	$(BIN)/lint-imports

SUMMITRY_CORPUS ?= ../shared

train: setup-dev ## Train the tagger and parser anew from open treebanks (half an hour of one core)
	$(BIN)/python -m training $(SUMMITRY_CORPUS)/treebanks

CODED := $(SUMMITRY_CORPUS)/corpus/dev.jsonl $(SUMMITRY_CORPUS)/corpus/train-modern.jsonl $(SUMMITRY_CORPUS)/corpus/seeds.jsonl
UNSEEN := $(SUMMITRY_CORPUS)/corpus/dev-modern.jsonl
MADE_UP := training/visits/made-up
LINES := --lines tests/cases/visits.toml tests/cases/visits_open.toml tests/cases/visits_press.toml tests/cases/visits_discourse.toml

weights: setup-dev ## Fit the scales that weigh what is read anew from coded reports (five minutes of one core)
	$(BIN)/python -m training.visits.weighed $(CODED) $(MADE_UP)/opened.jsonl $(LINES) --unseen $(UNSEEN) $(MADE_UP)/closed.jsonl
	$(BIN)/python -m training.visits.agenda $(CODED) $(MADE_UP)/opened.jsonl
	$(BIN)/python -m training.visits.confidence $(CODED) $(MADE_UP)/opened.jsonl $(LINES) --unseen $(UNSEEN)

bench: setup     ## Reports a second with the share of each stage; the cascade on a crawl beside its yardsticks
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/crawl.py

check: lint types contracts test   ## All that CI runs

lock: setup-dev  ## Lock exact versions with hashes, no index address written down
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options -o requirements/runtime.txt requirements/runtime.in
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options -o requirements/dev.txt requirements/dev.in
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options -o requirements/web-tests.txt requirements/web-tests.in

clean:           ## Remove the environment and what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
