# The work is in the scripts beside what they run.
.PHONY: demo test bench fuzz model release-check

demo:
	cargo run --release -p carekey --example onboard -- --roster tests/rosters/agency.csv

test:
	tests/run.sh

bench:
	core/benches/run.sh

fuzz:
	tests/fuzz/run.sh

model:
	tests/rust/model.sh

release-check:
	tests/release/check.sh
