#!/usr/bin/env bash
# Compiles the program for Windows as far as type checking goes, so that code behind `cfg(windows)` and `cfg(not(unix))` stays right. Nothing is
# run. Ends with 77, having said why, where the compiler's target or a C compiler for Windows cannot be had.
#
#     scripts/check_windows.sh
set -euo pipefail
cd "$(dirname "$0")/.."
target=x86_64-pc-windows-gnu

rustup target add "$target" >/dev/null 2>&1 || {
    echo "Windows is left out: the compiler's target cannot be had" >&2
    exit 77
}
if ! command -v x86_64-w64-mingw32-gcc >/dev/null; then
    { apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends gcc-mingw-w64-x86-64-posix; } >/dev/null 2>&1 || {
        echo "Windows is left out: a C compiler for it cannot be installed" >&2
        exit 77
    }
fi
cargo clippy --quiet --target "$target" -p emic --lib --bins -- -D warnings
