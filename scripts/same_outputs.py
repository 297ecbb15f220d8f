#!/usr/bin/env python3
"""Runs two builds of the program on the same studies and says whether anything that people see differs: for changes of the code that
must change no result.

    python3 scripts/same_outputs.py --before OLD/emic --after NEW/emic --model MODEL [--models DIR] [--only STUDY]

MODEL is the small random model of `cargo run -p emic-tools --bin random_model -- MODEL`. With `--models`, a folder that holds the default model,
the demo runs as people run it. Compared are the digests of all files that a command leaves, what it prints and its exit status; for a
file that differs, the first line that does. The script itself is tried with `--after` of a build that is known to differ.

Studies: the demo; transcripts of every format with participants and pseudonyms; topics of few interviews with a Gaussian mixture; a
coded sample by two coders, imported and run again, with exports. And the help of every command.
"""

import argparse
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

from coded_sheets import fill

HERE = pathlib.Path(__file__).resolve().parent.parent
DEMO = HERE / "data" / "demo"
FIXTURES = [HERE / "crates/transcripts/tests/fixtures/read", HERE / "tests/fixtures/read"]
COMMANDS = [[], ["demo"], ["init"], ["check"], ["run"], ["merge"], ["review"], ["review", "sample"], ["review", "import"], ["export"],
            ["embed"], ["models"], ["models", "list"], ["models", "fetch"], ["models", "verify"]]
# Kept for the next run; no results. Names of temporary files are random.
NO_RESULTS = ("cache", ".lock", ".unfinished")
PROGRESS = re.compile(r"(reading|cutting|embedding|finding|clustering|labelling|writing) [a-z ]+( \(.*\))?$")


def study(folder, name, **settings):
    text = ["[study]", f'title = "{name}"', f'seed = {settings.get("seed", 7)}', "[corpus]", f'transcripts = {settings["transcripts"]!r}']
    text += settings.get("corpus", [])
    text += ["[segment]", f'unit = "{settings.get("unit", "turn")}"', f'min_words = {settings.get("min_words", 5)}']
    text += ["[embed]", "model = 'MODEL'".replace("MODEL", settings["model"])]
    text += ["[cluster]", f'method = "{settings.get("method", "spherical-kmeans")}"', f'clusters = {settings.get("clusters", 4)}']
    text += ["[themes]", "codebook = 'barriers.toml'", *settings.get("rest", [])]
    text += ["[output]", 'directory = "out"', 'formats = ["parquet", "csv", "xlsx"]']
    (folder / f"{name}.toml").write_text("\n".join(text) + "\n", encoding="utf-8")


class Work:
    """A folder in which one build runs everything; what it printed is left as files beside what it wrote."""

    def __init__(self, emic, folder, given):
        self.emic, self.folder, self.given, self.calls = emic, folder, given, 0
        folder.mkdir()

    def run(self, *arguments):
        self.calls += 1
        environment = {**os.environ, "COLUMNS": "100", "HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data-home")}
        done = subprocess.run([self.emic, *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, errors="replace")
        said = f"$ emic {' '.join(arguments)}\n[{done.returncode}]\n{done.stdout}\n--\n{done.stderr}"
        # How far and how fast it was is no result.
        said = "\n".join(line for line in said.splitlines() if not PROGRESS.match(line))
        said = re.sub(r"\b\d+(\.\d+)? (ms|s|min)\b", "TIME", said)
        (self.folder / f"said-{self.calls:02}.txt").write_text(said, encoding="utf-8")
        return done

    def help(self):
        for command in COMMANDS:
            self.run(*command, "--help")
        for wrong in (["run"], ["run", "none.toml"], ["export", "none", "--to", "x.qdpx"], ["models", "list"]):
            self.run(*wrong)

    def demo(self):
        shutil.copytree(HERE / "data", self.folder / "data", ignore=shutil.ignore_patterns("out*"))
        if self.given.models:
            self.run("demo", "--models", str(self.given.models))
        else:
            toml = self.folder / "data/demo/study.toml"
            toml.write_text(toml.read_text(encoding="utf-8") + f"\n[embed]\nmodel = '{self.given.model}'\n", encoding="utf-8")
            self.run("run", "data/demo/study.toml")
        self.run("run", "data/demo/study.toml", *(["--models", str(self.given.models)] if self.given.models else []))

    def formats(self):
        folder = self.folder / "formats"
        fixtures = next(path for path in FIXTURES if path.is_dir())
        shutil.copytree(fixtures, folder, ignore=shutil.ignore_patterns("*.py", "oracle_docx"))
        shutil.copy(HERE / "data/codebooks/barriers.toml", folder)
        (folder / "people.csv").write_text("transcript_id,country\ninterview,Kenya\nstory,Peru\nteams,Peru\n", encoding="utf-8")
        (folder / "names.csv").write_text("name,replacement\nMaria,[P1]\nAnna,[P2]\n", encoding="utf-8")
        study(folder, "formats", transcripts=["*.*"], model=self.given.model, min_words=2, clusters=5,
              corpus=["participants = 'people.csv'", 'groups = ["country"]', 'interviewers = ["I", "Interviewer"]',
                      "pseudonyms = 'names.csv'"])
        self.run("check", "formats/formats.toml", "--all")
        self.run("run", "formats/formats.toml", "--quiet")
        study(folder, "plain", transcripts=["*.vtt", "*.srt", "*.txt", "*.json"], model=self.given.model, unit="sentence", method="dbscan",
              clusters='"auto"', corpus=['interviewers = ["I"]'])
        self.run("check", "formats/plain.toml")
        self.run("run", "formats/plain.toml")

    def interviews(self, name):
        folder = self.folder / name
        folder.mkdir()
        shutil.copy(HERE / "data/codebooks/barriers.toml", folder)
        shutil.copy(DEMO / "participants.csv", folder)
        for path in sorted((DEMO / "transcripts").glob("*.txt")):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            (folder / path.name).write_text("".join(lines[:30]), encoding="utf-8")
        return folder

    def topics(self):
        folder = self.interviews("topics")
        people = ["participants = 'participants.csv'", 'groups = ["country", "cohort"]', 'interviewers = ["Interviewer", "INT"]']
        study(folder, "topics", transcripts=["*.txt"], model=self.given.model, unit="topic", method="gaussian-mixture", clusters=3,
              corpus=people, rest=["[compare]", 'within = "cohort"'])
        self.run("run", "topics/topics.toml")

    def coded(self):
        folder = self.interviews("coded")
        people = ["participants = 'participants.csv'", 'groups = ["country"]', 'interviewers = ["Interviewer", "INT"]']
        study(folder, "coded", transcripts=["*.txt"], model=self.given.model, corpus=people, clusters='"auto"')
        self.run("run", "coded/coded.toml")
        self.run("review", "sample", "coded/out", "--segments", "40", "--coders", "Ana, Ben", "--both", "0.6")
        for coder in ["Ana", "Ben"]:
            sheet = next((folder / "out" / "review").rglob(f"codes-{coder}.csv"))
            filled = self.folder / f"filled-{coder}.csv"
            fill(sheet, filled, lambda segment, theme: hashlib.sha256(f"{segment} {theme} {coder}".encode()).digest()[0] < 90)
            self.run("review", "import", "coded/out", filled.name, "--coder", coder)
        self.run("run", "coded/coded.toml")
        self.run("export", "coded/out", "--to", "coded.qdpx")
        self.run("export", "coded/out", "--to", "coded.qdc")
        self.run("export", "coded/out", "--to", "coded.xlsx")
        self.run("export", "coded/out", "--to", "csv-tables")
        self.run("review", "import", "coded/out", "coded.qdpx", "--coder", "Cleo")
        (folder / "V03.txt").unlink()
        self.run("run", "coded/coded.toml")

    def files(self):
        for path in sorted(self.folder.rglob("*")):
            within = path.relative_to(self.folder)
            if path.is_file() and not any(part in NO_RESULTS for part in within.parts):
                yield str(within), path


def contents(path):
    """The bytes of a file; of a project its parts, without the moment at which it was written."""
    if path.suffix != ".qdpx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        moment = rb'(creation|modified)DateTime="[^"]*"'
        return {name: re.sub(moment, b"", package.read(name)) for name in package.namelist()}


def first_difference(before, after):
    """Where two files part, in words."""
    if before.suffix in (".xlsx", ".qdpx"):
        try:
            with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
                names = sorted(set(old.namelist()) ^ set(new.namelist()))
                names = names or [name for name in old.namelist() if old.read(name) != new.read(name)]
                return f"parts: {', '.join(names[:5]) or 'only how they are packed'}"
        except zipfile.BadZipFile:
            return "is no package"
    old, new = (path.read_bytes().decode("utf-8", "replace").splitlines() for path in (before, after))
    for number, (left, right) in enumerate(zip(old, new), 1):
        if left != right:
            column = next((at for at, (a, b) in enumerate(zip(left, right)) if a != b), min(len(left), len(right)))
            cut = slice(max(0, column - 60), column + 60)
            return f"line {number}:\n      - {left[cut]}\n      + {right[cut]}"
    return f"{len(old)} and {len(new)} lines"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--before", type=pathlib.Path, required=True)
    parser.add_argument("--after", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True, help="folder of a small model")
    parser.add_argument("--models", type=pathlib.Path, help="folder that holds the default model, for the demo")
    parser.add_argument("--only", nargs="*", default=["help", "demo", "formats", "topics", "coded"])
    parser.add_argument("--keep", type=pathlib.Path, help="folder to leave everything in")
    given = parser.parse_args()
    given.model = str(given.model.resolve())
    given.models = given.models and given.models.resolve()
    with tempfile.TemporaryDirectory(prefix="emic-same.") as temporary:
        root = given.keep.resolve() if given.keep else pathlib.Path(temporary)
        root.mkdir(exist_ok=True)
        results = []
        for name, emic in (("before", given.before.resolve()), ("after", given.after.resolve())):
            # Both run in a folder of the same name, because messages name paths.
            shutil.rmtree(root / "work", ignore_errors=True)
            shutil.rmtree(root / name, ignore_errors=True)
            # By the same name, because the help says it.
            (root / "program").mkdir(exist_ok=True)
            shutil.copy(emic, root / "program" / "emic")
            work = Work(root / "program" / "emic", root / "work", given)
            for part in given.only:
                getattr(work, part)()
            (root / "work").rename(root / name)
            work.folder = root / name
            results.append(dict(work.files()))
        old, new = results
        faults = [f"{name}: only {'before' if name in old else 'after'}" for name in sorted(old.keys() ^ new.keys())]
        for name in sorted(old.keys() & new.keys()):
            if contents(old[name]) != contents(new[name]):
                faults.append(f"{name} differs: {first_difference(old[name], new[name])}")
        print("\n".join(faults))
        print(f"{len(old)} files, {len(faults)} differences")
        return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
