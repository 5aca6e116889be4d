# Two commands for newcomers, each doing all its own set-up:
#   make demo   a whole election, from definition to audited result
#   make test   every test
# and for those who work on it:
#   make test-long   full Pabulib replay, long random runs, ten minutes of fuzzing a target
#   make bench       the speed figures, beside their peer
#   make booth       the booth in WebAssembly
#   make auditor     the observers' one static binary, and its hash
#   make check       format, lints, documentation

CARGO ?= cargo

.PHONY: demo test test-long bench booth auditor check wasm-target

demo:
	$(CARGO) build --locked --release --package psephos --package auditor
	target/release/psephos demo

test: wasm-target
	$(CARGO) test --locked --workspace --no-fail-fast

test-long: wasm-target
	PSEPHOS_LONG=1 PROPTEST_CASES=20000 $(CARGO) test --locked --workspace --no-fail-fast -- --nocapture
	$(CARGO) xtask fuzz

bench:
	$(CARGO) bench --locked --package psephos
	$(CARGO) bench --locked --package ballot-box --features bench --bench ledger

booth: wasm-target
	$(CARGO) xtask booth

auditor:
	$(CARGO) xtask auditor

check:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- --deny warnings
	RUSTDOCFLAGS="--deny warnings" $(CARGO) doc --locked --workspace --no-deps

# The booth's compiler target, where rustup can install it; `cargo xtask booth`
# says what else helps where it cannot.
wasm-target:
	@rustup target add wasm32-unknown-unknown >/dev/null 2>&1 || \
		echo "wasm32-unknown-unknown is not installed: the booth's tests will say so and skip"
