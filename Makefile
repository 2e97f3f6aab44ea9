# `make dashboard` is all a new user needs; `make test` is the one test command.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PORT ?= 8501
WORKERS ?= 3 # on two cores: who drives a browser often waits
REPLICAS ?= 2

.PHONY: dashboard serve lake build test quick check docs lock bench faults fuzz sbom audit clean

dashboard: build ## set up, build, open the app
	$(BIN)/python -m streamlit run dashboard.py --server.address 127.0.0.1 --server.port $(PORT)

build: .venv/runtime.stamp ## environment in .venv, and the warehouse
	$(BIN)/python -m etl build

lake: .venv/lake.stamp ## a shared warehouse on this machine: PostgreSQL on a socket, tables in build/lake, a first build
	mkdir -p build/lake
	address="$$(sh deploy/postgres.sh start build/postgres)" \
		&& export FORCE_WAREHOUSE="$$address" FORCE_LAKE_FILES="$(CURDIR)/build/lake" \
		&& $(BIN)/python -m etl build \
		&& echo "export FORCE_WAREHOUSE='$$FORCE_WAREHOUSE' FORCE_LAKE_FILES='$$FORCE_LAKE_FILES'"

test: .venv/dev.stamp ## the whole test suite
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations=25

quick: .venv/dev.stamp ## a developer's loop: the tests that need no build and no browser
	$(BIN)/python -m pytest -n 2 -m "not slow" tests/unit

check: .venv/dev.stamp ## style, format, types, directions, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --cache-dir .mypy_cache/imports
	$(BIN)/codespell

docs: .venv/dev.stamp ## the picture of the code, from its imports
	$(BIN)/python docs/draw_architecture.py

serve: build ## replicas of the dashboard behind nginx
	$(BIN)/python -m deploy serve --replicas $(REPLICAS) --port $(PORT)

bench: .venv/dev.stamp ## what is fast, how fast, how it grows: writes benchmarks/README.md
	$(BIN)/python -m benchmarks

faults: .venv/dev.stamp ## 50 kills each of build, ingest, fetch and snapshot; 20 builds turned under 50 readers; 10,000 reruns (an hour)
	PYTHONPATH=. $(BIN)/python -m tests.hard.kills
	PYTHONPATH=. $(BIN)/python -m tests.hard.readers
	PYTHONPATH=. $(BIN)/python -m tests.hard.reruns

fuzz: .venv/dev.stamp ## 10,000 spoiled files of every layout, as CSV, XLSX, ODS and XLS; each is refused or read right (a quarter of an hour)
	PYTHONPATH=. $(BIN)/python -m tests.hard.fuzz --kept build/fuzz

lock: .venv/dev.stamp ## requirements*.in to requirements*.txt, the newest within the ranges, with hashes
	$(BIN)/uv pip compile --upgrade --quiet --no-header --no-emit-index-url --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	$(BIN)/uv pip compile --upgrade --quiet --no-header --no-emit-index-url --python-version 3.11 --generate-hashes requirements-lake.in -o requirements-lake.txt
	$(BIN)/uv pip compile --upgrade --quiet --no-header --no-emit-index-url --python-version 3.11 --generate-hashes requirements-dev.in -o requirements-dev.txt
	$(BIN)/uv pip compile --upgrade --quiet --no-header --no-emit-index-url --python-version 3.11 --generate-hashes requirements-provider.in -o requirements-provider.txt

sbom: .venv/dev.stamp ## build/sbom.json: what is installed (CycloneDX), and its licences against the list of those allowed
	mkdir -p build
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible -o build/sbom.json $(BIN)/python
	$(BIN)/python deploy/supply.py licences

audit: .venv/dev.stamp ## known faults of what is installed; says loudly, and fails, where the network does not let it ask
	$(BIN)/python deploy/supply.py audit

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "Python 3.11 is needed; name it: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/runtime.stamp: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/lake.stamp: requirements-lake.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-lake.txt
	touch $@ .venv/runtime.stamp

# uv, installed by its own hashes, does the rest in a fifth of pip's time; it knows nothing of pip's settings (an index of your own),
# so where it fails pip does it.
.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt > .venv/uv.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	$(BIN)/uv pip install --quiet --require-hashes --python $(BIN)/python -r requirements-dev.txt \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@ .venv/runtime.stamp .venv/lake.stamp

clean: ## remove what was made: environment, warehouse, caches
	[ ! -d build/postgres ] || sh deploy/postgres.sh stop build/postgres || true
	rm -rf .venv data/warehouse build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
