# Two commands matter: `make run` and `make test`. The others are their parts, and longer runs.

VENV   := .venv
BIN    := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: run test quick env table diagnostics guide lint types layers tests chaos soak soak-mixed fuzz fuzz-matching wheel bench bench-matching bench-replay bench-peers clean

# In a terminal the router has a process group of its own, so that Ctrl-C is for it alone and make has nothing to report.
run: $(VENV)/.runs ## the router on examples/helpdesk in a sandbox, with a page to chat on
	@if [ -t 0 ]; then set -m; fi; $(BIN)/prx-router run --sandbox --config examples/helpdesk/prx-router.toml || [ $$? -eq 130 ]

test: env lint types layers tests ## everything that a change must pass

quick: env lint ## what needs no process and no socket: rules, text, messages, settings
	$(PYTEST) -q -n 2 --dist loadscope tests/text tests/regex tests/calendar tests/message tests/templates tests/decision \
		tests/language tests/matching tests/settings tests/test_mirror.py tests/test_layers.py tests/test_exports.py

env: $(VENV)/.made

$(VENV)/.runs: pyproject.toml constraints.lock scripts/make_env.sh
	@sh scripts/make_env.sh $(VENV) run
	@touch $@

$(VENV)/.made: $(VENV)/.runs
	@sh scripts/make_env.sh $(VENV) all
	@touch $@

table: env ## store the parse table again, after a change of the grammar
	$(BIN)/python scripts/store_table.py

diagnostics: env ## write docs/diagnostics again, after a change of what a diagnostic says
	$(BIN)/python scripts/diagnostic_pages.py

guide: env ## write what the commands of docs/guide print again, after a change of what they print
	$(BIN)/python -m tests.docs.walkthrough

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: env
	$(BIN)/mypy

layers: env
	$(BIN)/lint-imports

tests: env
	$(PYTEST) -n 2 --dist loadscope

chaos: env ## let a thousand things go wrong under traffic of every kind, and see that everything ends as promised (FAULTS=…, SEED=… repeats a run)
	CHAOS_FAULTS=$${FAULTS:-1000} CHAOS_SEED=$${SEED:-$$(date +%s)} $(PYTEST) -n 0 -s tests/e2e/test_chaos.py
	CHAOS_SWAPS=$${SWAPS:-1000} $(PYTEST) -n 0 -s tests/e2e/test_reload_storm.py
	CHAOS_TURNS=$${TURNS:-1000} CHAOS_REPLIES=$${REPLIES:-10000} CHAOS_SEED=$${SEED:-$$(date +%s)} $(PYTEST) -n 0 --timeout=0 tests/delivery/test_jobs_laws.py tests/delivery/test_sending_laws.py
	CHAOS_COURSES=$${COURSES:-1000} CHAOS_SEED=$${SEED:-$$(date +%s)} $(PYTEST) -n 0 tests/delivery/dispatch/test_any_course.py

fuzz-matching: env ## the compiled router against the plain evaluator on millions of random pairs (SETS=…, 70 messages each; SEED=… repeats a run)
	MATCHING_SETS=$${SETS:-30000} MATCHING_SEED=$${SEED:-$$(date +%s)} $(PYTEST) -n 2 -q --timeout=0 tests/matching/test_router_laws.py

fuzz: env ## checking against sets of files that no person wrote on purpose (SECONDS=… of processor time, or COUNT=… sets; SEED=… repeats a run)
	FUZZ_SECONDS=$${SECONDS:-600} FUZZ_COUNT=$${COUNT:-0} FUZZ_SEED=$${SEED:-$$(date +%s)} $(PYTEST) -n 0 -s -q --timeout=0 tests/fuzz

wheel: env ## build the wheel, install it elsewhere, and let it validate an example
	sh scripts/try_wheel.sh $(BIN)/python

soak: env ## how a router fares that works for long: 1,000 drops a second, then 100 replies and 20 agent turns (SECONDS=… for each)
	$(BIN)/python benchmarks/soak.py $${SECONDS:-600}

soak-mixed: env ## the same with messages of every kind, reloads and lost connections (MINUTES=60)
	$(BIN)/python benchmarks/soak.py --mixed $${MINUTES:-60}

bench: env ## how long deciding takes, how long a burst of callbacks waits for its answers, how many are answered a second beside DingTalk's own SDK, how many turns an agent gets and replies go out, what a big journal costs, what checking and starting take and how that grows
	$(BIN)/python benchmarks/deciding.py
	$(BIN)/python benchmarks/acknowledging.py
	$(BIN)/python benchmarks/drops.py
	$(BIN)/python benchmarks/checking.py
	$(BIN)/python benchmarks/validating.py
	$(BIN)/python benchmarks/testing.py
	$(BIN)/python benchmarks/explaining.py
	$(BIN)/python benchmarks/formatting.py
	$(BIN)/python benchmarks/turns.py
	$(BIN)/python benchmarks/starting.py
	$(BIN)/python benchmarks/posting.py
	$(BIN)/python benchmarks/journal.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/reloading.py

bench-matching: env ## what deciding takes by the number of rules, compiling, and inputs made to be hard (docs/performance.md)
	$(BIN)/python benchmarks/matching.py

bench-replay: env ## messages a second and memory of replay (LINES=1000000 for a million)
	$(BIN)/python benchmarks/matching_replay.py --lines $${LINES:-100000}

bench-peers: ## other ways to match, in an environment of their own: the same matches, then times
	test -d .venv-peers || sh scripts/make_peers.sh .venv-peers
	.venv-peers/bin/python benchmarks/matching_peers.py

clean:
	rm -rf $(VENV) .venv-peers dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
