PY ?= .venv/bin/python

.PHONY: help setup check static test words record bench screenshots

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup:  ## a virtual environment with the test tools
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]'

check: static  ## format, lint, types, floors, data, fast tests (under two minutes)
	$(PY) -m pytest -q -n 2 -m "not slow and not browser and not postgres and not mail"

static:  ## the part of check that runs no test
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) scripts/collect_words.py --check

test:  ## install what the tests need (Debian packages included) and run them all
	./test

words:  ## collect the sentences to translate, and compile the translations
	$(PY) scripts/collect_words.py

record:  ## the numbers of the moderation record, from the published statistics
	rm -rf build/record && mkdir -p build/record
	$(PY) -m pip download -q --no-deps --python-version 3.13 --only-binary=:all: -d build/record shantay==0.6.0
	cd build/record && $(abspath $(PY)) -m zipfile -e shantay-0.6.0-py3-none-any.whl .
	$(PY) scripts/moderation_record.py build/record/shantay/builtin.parquet

bench:  ## the figures of docs/benchmarks.md
	for one in benchmarks/*.py; do $(PY) $$one; done

screenshots:  ## the pictures of docs/screenshots, by Chromium
	$(PY) scripts/screenshots.py
