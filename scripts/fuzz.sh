#!/usr/bin/env bash
# Runs every fuzz target of the crates that read files, each for a short time, and fails on a panic, a hang, or memory above 1 GB.
# Ends with 77, having said why, where cargo-fuzz cannot be had. Inputs that failed lie in artifacts/TARGET beside the targets.
#
#     scripts/fuzz.sh [SECONDS]    a target, 10 if not given
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${1:-10}"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/emic-ci"
export PATH="$cache/cargo-fuzz/bin:$PATH"
if ! command -v cargo-fuzz >/dev/null; then
    CARGO_TARGET_DIR="$cache/cargo-fuzz/target" cargo install cargo-fuzz --version 0.13.2 --locked --quiet --root "$cache/cargo-fuzz" || {
        echo "fuzzing is left out: cargo-fuzz cannot be installed" >&2
        exit 77
    }
fi
# A folder of its own: the flags of instrumentation would have everything else compiled again.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}/fuzz"

(cd crates/transcripts/fuzz && cargo run --quiet --example seeds)
for crate in refi-qda transcripts; do
    folder="crates/$crate/fuzz"
    for target in $(cargo fuzz list --fuzz-dir "$folder"); do
        echo "fuzzing $crate, $target, for $seconds seconds"
        # What is found grows a corpus of its own, not the seeds.
        grown="$CARGO_TARGET_DIR/corpus/$crate/$target"
        mkdir -p "$grown"
        dictionary=()
        if [ -e "$folder/dictionaries/$target.dict" ]; then dictionary=(-dict="$folder/dictionaries/$target.dict"); fi
        log="$CARGO_TARGET_DIR/$crate-$target.log"
        # Without sanitizers, which need a nightly compiler.
        cargo fuzz run -s none --fuzz-dir "$folder" "$target" "$grown" "$folder/corpus/$target" -- "${dictionary[@]}" \
            -timeout=10 -rss_limit_mb=1024 -max_total_time="$seconds" -seed=1 >"$log" 2>&1 || {
            tail -n 60 "$log" >&2
            exit 1
        }
        grep -a "Done .* runs" "$log"
    done
done
