#!/bin/sh
# The longer model check: STEPS steps (default 20 million) from a random seed,
# which is printed, so that what it finds can be played again; and as many
# requests beside Cedar.
#
#   tests/rust/model.sh
#   STEPS=1000000 SEED=4711 tests/rust/model.sh
set -eu
cd "$(dirname "$0")/../.."
seed=${SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
echo "model check from seed $seed"
steps=${STEPS:-20000000}
CAREKEY_MODEL_STEPS=$steps CAREKEY_MODEL_SEED=$seed \
    cargo test -p carekey-tests --test model random_steps -- --nocapture
CAREKEY_ORACLE_REQUESTS=$steps cargo test -p carekey-oracle --test visibility requests_are -- --nocapture
