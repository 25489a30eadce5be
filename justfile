# Everything a contributor runs. `just --list` is the help; `uv run just test` is the whole check.

export PATH := justfile_directory() / ".venv/bin:" + env("PATH")

[private]
default:
    @just --list

# All that must be green before a change goes in: lint, types, contracts, tests, rehearsals
test: lint types contracts
    pytest -n 2 --dist loadfile
    just rehearse

# All of `test`, and what takes too long for each change
night: lint types contracts
    pytest -m ""
    just rehearse
    just uncached
    just branches

# The workflows again with nothing cached: every task replays its case from the start
uncached:
    BATON_MAX_CACHED_WORKFLOWS=0 pytest tests/workflows tests/drills tests/rehearsals tests/cli
    BATON_MAX_CACHED_WORKFLOWS=0 baton rehearse rehearsals --engine temporal

# Every branch of the law, taken by the law's own tests: under 100 % it fails and says which are not
branches $COVERAGE_FILE=".coverage.law":
    coverage erase
    coverage run --branch --source=statemodel -m pytest tests/statemodel tests/wire
    coverage combine --quiet
    coverage report --include="statemodel/*" --fail-under=100

# Style and formatting, changing nothing
lint:
    ruff check
    ruff format --check

# Types, strictly, in every package and test
types:
    mypy

# Who may import whom
contracts:
    lint-imports

# The worked cases: on the state model alone, then on the real engine with time skipped
rehearse *FILES="rehearsals":
    baton rehearse {{FILES}} --engine model
    baton rehearse {{FILES}} --engine temporal

# A handful of live cases on a real Temporal server, with their clocks at a pace you can watch
demo *OPTIONS:
    baton demo {{OPTIONS}}

# What durability costs: our throughput beside the same work with nothing done in it
floor *OPTIONS:
    python -m benchmarks.floor {{OPTIONS}}

# Each rule, requirement and invariant, with the tests that prove it
proves:
    pytest --proves -q

# Put the source into the one format, and mend what can be mended by machine
format:
    ruff check --fix-only --quiet
    ruff format
