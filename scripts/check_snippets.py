#!/usr/bin/env python3
"""Runs the blocks of docs/tables.md as they stand, in a folder with the demo study's output.

    pip install polars pandas pyarrow pyreadstat
    python3 scripts/check_snippets.py --emic target/debug/emic [--models models]

Blocks of R run where `Rscript` and their packages are; otherwise it is said that they did not.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--emic", required=True, type=pathlib.Path)
    arguments.add_argument("--models", default=HERE / "models", type=pathlib.Path)
    given = arguments.parse_args()
    emic = str(given.emic.resolve())
    blocks = re.findall(r"```(\w+)\n(.*?)```", (HERE / "docs/tables.md").read_text(encoding="utf-8"), flags=re.S)
    if not any(language == "python" for language, _ in blocks):
        sys.exit("docs/tables.md has no block of Python")
    with tempfile.TemporaryDirectory() as scratch:
        def run(*command, **more):
            return subprocess.run(command, cwd=scratch, capture_output=True, text=True, **more)

        study = str(HERE / "data/demo/study.toml")
        for command in (
            ("run", study, "--out", "out", "--quiet", "--models", str(given.models.resolve())),
            ("export", "out", "--to", "tables"),
            ("export", "out", "--to", "tables.xlsx"),
        ):
            done = run(emic, *command)
            if done.returncode:
                sys.exit(done.stdout + done.stderr)
        failed = 0
        for number, (language, block) in enumerate(blocks, 1):
            if language == "python":
                done = run(sys.executable, "-", input=block)
            elif language == "r" and shutil.which("Rscript"):
                packages = set(re.findall(r"library\((\w+)\)|(\w+)::", block))
                needed = ", ".join(f'"{a or b}"' for a, b in sorted(packages))
                if run("Rscript", "-e", f"stopifnot(all(c({needed}) %in% rownames(installed.packages())))").returncode:
                    print(f"block {number} (R): not run, its packages are not here")
                    continue
                done = run("Rscript", "-", input=block)
            else:
                print(f"block {number} ({language}): not run, its program is not here")
                continue
            print(f"block {number} ({language}): {'failed' if done.returncode else 'done'}")
            if done.returncode:
                failed += 1
                print(done.stdout + done.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
