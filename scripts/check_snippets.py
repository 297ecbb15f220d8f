#!/usr/bin/env python3
"""Runs the blocks of docs/tables.md and docs/r.md as they stand, in a folder with the demo study and its output.

    pip install polars pandas pyarrow pyreadstat
    python3 scripts/check_snippets.py --emic target/debug/emic [--models models]

Blocks of R (Debian: r-base-core, r-cran-lme4, r-cran-sandwich) run where `Rscript` and their packages are; otherwise it is said that they did not.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent
PAGES = ["docs/tables.md", "docs/r.md"]
# What docs/r/emic.R reads from CSV is what it reads from Parquet, where there is a package for that.
SAME_IN_R = """
source("emic.R")
if (requireNamespace("nanoparquet", quietly = TRUE) || requireNamespace("arrow", quietly = TRUE)) {
  fast <- emic_tables("out")
  for (name in names(fast)) {
    slow <- emic_read_csv(file.path("tables", paste0(name, ".csv")))
    # In CSV an empty text is no value, and a column without a value has no type.
    fast[[name]][] <- lapply(fast[[name]], function(column) if (is.character(column)) replace(column, which(column == ""), NA) else column)
    known <- vapply(fast[[name]], function(column) !all(is.na(column)), logical(1))
    stopifnot(all(is.na(slow[!known])))
    same <- all.equal(slow[known], fast[[name]][known], check.attributes = FALSE, tolerance = 1e-6)
    if (nrow(slow) > 0 && !isTRUE(same)) stop(name, ": ", paste(same, collapse = "; "))
    stopifnot(identical(names(slow), names(fast[[name]])), nrow(slow) == nrow(fast[[name]]))
  }
}
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--emic", required=True, type=pathlib.Path)
    arguments.add_argument("--models", default=HERE / "models", type=pathlib.Path)
    given = arguments.parse_args()
    emic = str(given.emic.resolve())
    blocks = [
        (f"{page}, block {number}", language, block)
        for page in PAGES
        for number, (language, block) in enumerate(re.findall(r"```(\w+)\n(.*?)```", (HERE / page).read_text(encoding="utf-8"), flags=re.S), 1)
    ]
    for page in PAGES:
        if not any(name.startswith(page) for name, _, _ in blocks):
            sys.exit(f"{page} has no block of code")
    with tempfile.TemporaryDirectory() as scratch:
        surroundings = {**os.environ, "EMIC": emic}

        def run(*command, **more):
            return subprocess.run(command, cwd=scratch, capture_output=True, text=True, env=surroundings, **more)

        shutil.copytree(HERE / "data/demo", scratch, dirs_exist_ok=True, ignore=shutil.ignore_patterns("out"))
        shutil.copytree(HERE / "data/codebooks", pathlib.Path(scratch) / "codebooks")
        study = pathlib.Path(scratch) / "study.toml"
        study.write_text(study.read_text(encoding="utf-8").replace("../codebooks", "codebooks"), encoding="utf-8")
        shutil.copy(HERE / "docs/r/emic.R", scratch)
        os.symlink(given.models.resolve(), pathlib.Path(scratch) / "models")
        for command in (
            ("run", "study.toml", "--out", "out", "--quiet"),
            ("export", "out", "--to", "tables"),
            ("export", "out", "--to", "tables.xlsx"),
        ):
            done = run(emic, *command)
            if done.returncode:
                sys.exit(done.stdout + done.stderr)
        failed = 0
        if shutil.which("Rscript"):
            blocks.append(("CSV and Parquet", "r", SAME_IN_R))
        for name, language, block in blocks:
            if language == "python":
                done = run(sys.executable, "-", input=block)
            elif language == "r" and shutil.which("Rscript"):
                needed = ", ".join(f'"{package}"' for package in sorted(set(re.findall(r"library\((\w+)\)", block))))
                if needed and run("Rscript", "-e", f"stopifnot(all(c({needed}) %in% rownames(installed.packages())))").returncode:
                    print(f"{name} (R): not run, its packages are not here")
                    continue
                done = run("Rscript", "-", input=block)
            else:
                print(f"{name} ({language}): not run, its program is not here")
                continue
            print(f"{name} ({language}): {'failed' if done.returncode else 'done'}")
            if done.returncode:
                failed += 1
                print(done.stdout + done.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
