# Two commands for newcomers, each doing all its own set-up:
#   make demo   a whole election, from definition to audited result
#   make test   every test
# and for those who work on it:
#   make test-long   full Pabulib replay, long random runs, ten minutes of fuzzing a target,
#                    and the static auditor, where musl is installed
#   make bench       the speed figures, beside their peer
#   make booth       the booth in WebAssembly
#   make auditor     the observers' one static binary, and its hash
#   make check       format, lints, documentation
#   make mutants     changes the verifier line by line: some test must notice

CARGO ?= cargo

.PHONY: demo test test-long bench booth auditor check mutants wasm-target

demo:
	$(CARGO) build --locked --release --package psephos --package auditor
	target/release/psephos demo

test: wasm-target
	$(CARGO) test --locked --workspace --no-fail-fast

test-long: wasm-target
	PSEPHOS_LONG=1 PROPTEST_CASES=20000 $(CARGO) test --locked --workspace --no-fail-fast -- --nocapture
	$(CARGO) xtask fuzz
	$(CARGO) xtask auditor || test $$? -eq 69
	$(MAKE) mutants PART=$$(($$(date +%s) / 86400 % 30))/30

bench:
	$(CARGO) bench --locked --package psephos
	$(CARGO) bench --locked --package ballot-box --features bench --bench ledger
	$(CARGO) bench --locked --package web --bench booth

booth: wasm-target
	$(CARGO) xtask booth

auditor:
	$(CARGO) xtask auditor

check:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- --deny warnings
	RUSTDOCFLAGS="--deny warnings" $(CARGO) doc --locked --workspace --no-deps

# Each function and operator that verifies is changed in turn (.cargo/mutants.toml);
# a change that no test notices fails. The course of an election is tested where
# there are whole elections: by the auditor's suites. All of them take days, so
# that the long tests take a thirtieth, every day another: PART=<k>/<n>.
# Survivors are listed in target/mutants-*/mutants.out/missed.txt.
PART ?= 0/1
COURSE = 'src/(lifecycle/.*|roll|tally)[.]rs'
MUTANTS = PSEPHOS_MUTANTS=1 CARGO_INCREMENTAL=1 $(CARGO) mutants --shard $(PART)
mutants:
	@command -v cargo-mutants >/dev/null || $(CARGO) install --locked cargo-mutants@27.1.0
	$(MUTANTS) --package auditor --output target/mutants-auditor -- --lib --test attacks --test report --test tamper
	$(MUTANTS) --package voting-core --features trustee --exclude-re $(COURSE) --output target/mutants-voting-core
	$(MUTANTS) --package voting-core --re $(COURSE) --test-package auditor --output target/mutants-course -- --test attacks --test tamper

# The booth's compiler target, where rustup can install it; `cargo xtask booth`
# says what else helps where it cannot.
wasm-target:
	@rustup target add wasm32-unknown-unknown >/dev/null 2>&1 || \
		echo "wasm32-unknown-unknown is not installed: the booth's tests will say so and skip"
