#!/usr/bin/env python3
"""Builds the wheel, installs it in a fresh environment with nothing of the project on its path, and runs the package's tests there.

    python3 scripts/check_wheel.py [--models models] [--wheel emic-0.1.0-….whl] [--python python3.12] [-- PYTEST OPTIONS]

The tests, the demo study and the scripts for Spark and Ray are copied to a temporary folder. Without the model all-MiniLM-L6-v2 the tests
that need it are skipped; without Java those of Spark are. `python/tests/requirements.txt` has what the tests need.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent.parent
LARGEST = 40_000_000  # bytes of a wheel
LIGHT = ["bertopic==0.17.4"]  # installed without what they depend on: torch


def run(*command, **more):
    done = subprocess.run(command, **more)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command[:4]))} … failed")


def built(python, folder):
    """The wheel, built as `pip install .` builds it."""
    run(python, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, HERE)
    return next(pathlib.Path(folder).glob("emic-*.whl"))


def check_size(wheel):
    size = wheel.stat().st_size
    unpacked = sum(entry.file_size for entry in zipfile.ZipFile(wheel).infolist())
    print(f"{wheel.name}: {size / 1e6:.1f} MB, {unpacked / 1e6:.1f} MB unpacked")
    if size > LARGEST:
        sys.exit(f"the wheel is larger than {LARGEST / 1e6:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=pathlib.Path, default=HERE / "models")
    parser.add_argument("--wheel", type=pathlib.Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--quick", action="store_true", help="without BERTopic, Spark and Ray")
    parser.add_argument("pytest", nargs="*")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        wheel = given.wheel or built(given.python, scratch / "wheel")
        check_size(wheel)
        run(given.python, "-m", "venv", scratch / "environment")
        python = scratch / "environment" / ("Scripts" if os.name == "nt" else "bin") / "python"
        needed = (HERE / "python/tests/requirements.txt").read_text().split("# Heavy")
        (scratch / "needed.txt").write_text(needed[0] if given.quick else "# Heavy".join(needed))
        run(python, "-m", "pip", "install", "--quiet", wheel, "-r", scratch / "needed.txt")
        if not given.quick:
            run(python, "-m", "pip", "install", "--quiet", "--no-deps", *LIGHT)
        shutil.copytree(HERE / "python/tests", scratch / "tests", ignore=shutil.ignore_patterns("__pycache__"))
        environment = {
            **os.environ,
            "EMIC_TEST_MODELS": str(given.models.resolve()),
            "EMIC_TEST_DATA": str(HERE / "data"),
            "EMIC_TEST_DOCS": str(HERE / "docs"),
        }
        environment.pop("PYTHONPATH", None)
        options = ["-q", "-p", "no:cacheprovider", *given.pytest]
        run(python, "-I", "-m", "pytest", *options, "tests", cwd=scratch, env=environment)


if __name__ == "__main__":
    main()
