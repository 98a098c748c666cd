# KneeCare. Needs Python 3.11 or newer, make and a package registry.
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python

# PostgreSQL, Redis and S3 clients are installed only where the environment asks for them.
REQUIREMENTS := $(if $(DATABASE_URL)$(CACHE_URL)$(AWS_STORAGE_BUCKET_NAME)$(SENTRY_DSN),scale,base)

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-nightly test-newest watch bench screenshots lock

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: ## set up what is missing, then serve on http://127.0.0.1:8000 until Ctrl-C
	@$(PYTHON) bin/setup.py $(REQUIREMENTS)
	@exec $(PY) bin/run.py --port $(PORT)

test: ## set up what is missing, then linters, type and import checks, all tests
	@$(PYTHON) bin/setup.py dev
	@exec $(PY) bin/test.py

test-fast: ## the same without types, browsers, real processes, the second database and what walks every page or model
	@$(PYTHON) bin/setup.py dev
	@exec $(PY) bin/test.py fast

test-nightly: ## the same as test with the longest runs: 40 rounds of the race, every page in Lighthouse
	@$(PYTHON) bin/setup.py dev
	@exec $(PY) bin/test.py nightly

test-newest: ## the unit tests on the newest CPython here and the newest Django that is allowed: make test-newest TESTS=tests/core
	@$(PYTHON) bin/setup.py dev
	@exec $(PY) bin/test_newest.py $(TESTS)

watch: ## run tests again whenever a file is saved, what failed first: make watch TESTS=tests/bookings
	@$(PYTHON) bin/setup.py dev
	@exec .venv/bin/ptw . $(TESTS)

bench: ## figures: what pages cost beside a bare one, search, the queue, bookings, the player; takes some minutes
	@$(PYTHON) bin/setup.py dev
	@$(PY) bin/bench.py
	@$(PY) bin/bench_bookings.py
	@$(PY) bin/bench_player.py
	@exec $(PY) bin/bench_lighthouse.py

screenshots: ## fresh pictures of the main pages in docs/
	@$(PYTHON) bin/setup.py dev
	@exec $(PY) bin/screenshots.py

lock: ## renew requirements/*.txt from pyproject.toml
	@$(PYTHON) bin/setup.py dev
	@bin/lock
