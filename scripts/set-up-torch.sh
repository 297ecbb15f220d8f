#!/usr/bin/env bash
# Sets up what `cargo build --features rust-bert` needs: libtorch 2.4.0, from the Python package of PyTorch (5 GB with the
# NVIDIA libraries that it depends on; they are needed without a graphics card too). Once a machine; quick afterwards.
# Prints what has to stand in the environment of cargo, so that this is enough:
#
#     eval "$(scripts/set-up-torch.sh)"          # or with the folder to put it in behind it
#     cargo build --release --features rust-bert
#
# The program finds libtorch where it was when it was built; it needs neither Python nor LD_LIBRARY_PATH.
set -euo pipefail

version=2.4.0
folder="${1:-${XDG_CACHE_HOME:-$HOME/.cache}/emic/torch}"
if [[ "$folder" == *[[:space:]\'\"]* ]]; then
    echo "the folder must have no spaces or quotes in its name: $folder" >&2
    exit 1
fi

# setuptools: torch says where its headers are only if it is there.
ready() {
    "$folder/bin/python" -c "
import sys, setuptools, torch
sys.exit(torch.__version__.split('+')[0] != '$version')" 2>/dev/null
}

if ! ready; then
    # PyTorch 2.4 was made for these.
    fits='import sys, venv; sys.exit(not (3, 8) <= sys.version_info[:2] <= (3, 12))'
    for python in ${PYTHON:-python3 python3.12 python3.11 python3.10 python3.9 python3.8}; do
        if "$python" -c "$fits" 2>/dev/null; then
            break
        fi
        python=
    done
    if [ -z "$python" ]; then
        echo "a Python from 3.8 to 3.12 with its module venv is needed; name one: PYTHON=/path/to/python3.12 $0" >&2
        exit 1
    fi
    "$python" -m venv "$folder" >&2
    "$folder/bin/python" -m pip install --quiet --no-cache-dir "torch==$version" "setuptools<80" >&2
    ready || { echo "torch was installed in $folder but cannot be loaded: $("$folder/bin/python" -c 'import setuptools, torch' 2>&1)" >&2; exit 1; }
fi

folder="$(cd "$folder" && pwd)"
echo "export LIBTORCH_USE_PYTORCH=1"
echo "export VIRTUAL_ENV='$folder'"
echo "export PATH='$folder/bin':\"\$PATH\""
