#!/usr/bin/env bash
# Compiles the arithmetic for 64-bit ARM and runs its tests in QEMU's emulation: every kernel has to give the bits of the plain one, and
# vectors the digests that they have on x86-64. Speed says nothing there. Ends with 77, having said why, where the compiler's target, a
# linker for ARM or QEMU cannot be had.
#
#     scripts/check_arm.sh
set -euo pipefail
cd "$(dirname "$0")/.."
target=aarch64-unknown-linux-gnu

rustup target add "$target" >/dev/null 2>&1 || {
    echo "ARM is left out: the compiler's target cannot be had" >&2
    exit 77
}
if ! command -v aarch64-linux-gnu-gcc >/dev/null || ! command -v qemu-aarch64 >/dev/null; then
    { apt-get update --quiet && apt-get install --yes --quiet gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user; } >/dev/null 2>&1 || {
        echo "ARM is left out: a linker for ARM or QEMU cannot be installed" >&2
        exit 77
    }
fi
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER="qemu-aarch64 -L /usr/aarch64-linux-gnu"
export CC_aarch64_unknown_linux_gnu=aarch64-linux-gnu-gcc
# Others than the arithmetic itself need no optimisation here.
emulated=(--config 'profile.dev.package."*".opt-level=1' --target "$target")

sets=$(cargo run --quiet "${emulated[@]}" -p same-bits --example instructions)
# Or the emulation would show nothing of this kernel.
grep -qx neon-dot <<<"$sets" || {
    echo "the emulated processor has no dot product of bytes, only: $sets" >&2
    exit 1
}
cargo clippy --quiet "${emulated[@]}" -p same-bits -p sentence-encoder --lib --tests -- -D warnings
cargo test --quiet "${emulated[@]}" -p same-bits -p sentence-encoder --lib
