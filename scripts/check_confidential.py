#!/usr/bin/env python3
"""Traces every command that reads a study and holds it to what docs/ethics.md promises.

    python3 scripts/check_confidential.py --emic target/release/emic [--study STUDY.toml] [--models DIR]

Promised are: no socket is opened; no file is made, moved, written or removed outside the folder that the command was told to write
to; what it makes is its owner's alone; and nothing of what people said is on standard error or in run.json. Without --study, a copy
of the demo study. Needs Python 3.9, Linux and strace, which is installed where that is allowed (Debian, as root). Ends with 77 where
programs cannot be traced, which tells nothing about the program.
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
WRITES = "open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,truncate"
WRITES += ",chmod,fchmodat,mknod,mknodat"
# Written to, but no file that stays: the terminal, the kernel's own.
NO_FILES = ("/dev/null", "/dev/tty", "/proc/self/")
# So many letters of what somebody said are no accident.
TELLING = 30


def strace():
    """Whether programs can be traced here, which strace itself says best."""
    if not shutil.which("strace") and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "strace"]):
            subprocess.run(["apt-get", "--quiet", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return shutil.which("strace") and subprocess.run(["strace", "-f", "true"], capture_output=True, check=False).returncode == 0


def traced(command, log):
    """Runs a command; gives its standard error and the calls that it made."""
    tracing = ["strace", "-f", "-qq", "-y", "-s", "4096", "-e", f"trace=%network,{WRITES}", "-o", str(log)]
    done = subprocess.run([*tracing, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    # `emic check` ends with 1 where a study has problems, which is no failure of this kind.
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.stderr, joined(log.read_text(errors="replace").splitlines())


def joined(lines):
    """The calls, those whole that strace shows in two pieces because another thread came between."""
    begun = {}
    for line in lines:
        thread, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[thread] = call[: -len("<unfinished ...>")]
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", call)
        yield begun.pop(thread, "") + resumed[1] if resumed else call


def faults_of(calls, allowed):
    """Calls of the network, and writing outside of `allowed`."""
    for call in calls:
        name, _, arguments = call.partition("(")
        if name.startswith(("+++", "---")):
            continue
        if name not in WRITES.split(","):
            yield f"a call of the network: {call}"
            continue
        refused = re.search(r"\) += -1 E", arguments)
        looks = name.startswith("open") and not re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)", arguments)
        if refused or looks:
            continue
        for path in paths_of(arguments):
            if path.startswith(NO_FILES):
                continue
            whole = pathlib.Path(os.path.normpath(path))
            if not any(whole == folder or folder in whole.parents for folder in allowed):
                yield f"a write outside of {', '.join(map(str, allowed)) or 'everything'}: {call}"


def paths_of(arguments):
    """The paths that a call names, those within an open folder with the folder's path, which strace shows as 5</folder>."""
    for folder, path in re.findall(r'(?:(?:\d+|AT_FDCWD)<((?:[^>\\]|\\.)*)>, )?"((?:[^"\\]|\\.)*)"', arguments):
        yield os.path.join(folder or os.getcwd(), path)


def open_to_others(folder):
    for path in [folder, *folder.rglob("*")]:
        if path.stat().st_mode & 0o077:
            yield f"others may read {path} ({path.stat().st_mode & 0o777:o})"


def said_in(transcripts):
    """What people said, in pieces long enough to be known again."""
    for path in transcripts:
        for line in path.read_text(errors="replace").splitlines():
            if len(line) > 2 * TELLING:
                yield line[TELLING : 2 * TELLING]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emic", required=True, type=pathlib.Path)
    parser.add_argument("--study", type=pathlib.Path)
    parser.add_argument("--models", type=pathlib.Path)
    given = parser.parse_args()
    emic = str(given.emic.resolve())
    if not strace():
        print("programs cannot be traced here: strace is missing, or not allowed", file=sys.stderr)
        return 77

    with tempfile.TemporaryDirectory(prefix="emic-confidential-") as folder:
        folder = pathlib.Path(folder).resolve()
        out, begun, exported, parts = (folder / name for name in ("out", "begun", "exported", "parts"))
        study = given.study
        if study is None:
            study = folder / "study" / "study.toml"
            shutil.copytree(HERE / "data" / "demo", study.parent)
            shutil.copytree(HERE / "data" / "codebooks", folder / "codebooks")
        models = ["--models", str(given.models.resolve())] if given.models else []
        exported.mkdir(mode=0o700)
        steps = [
            (["init", str(begun)], [begun]),
            (["check", str(study)], []),
            (["run", str(study), "--out", str(out), *models], [out]),
            # It opens what is kept with its lock.
            (["run", str(study), "--out", str(out), "--explain", *models], [out]),
            (["review", "sample", str(out)], [out]),
            # A copy stays with the run, so that what comes back can be told from what was given away.
            (["export", str(out), "--to", str(exported / "study.qdpx")], [exported, out]),
            (["export", str(out), "--to", str(exported / "tables")], [exported]),
            (["run", str(study), "--out", str(parts), "--partition", "1/2", *models], [parts]),
            (["run", str(study), "--out", str(parts), "--partition", "2/2", *models], [parts]),
            (["merge", str(study), "--out", str(parts), *models], [parts]),
        ]
        transcripts = sorted(path for ending in ("txt", "vtt", "srt") for path in study.parent.rglob(f"*.{ending}"))
        said = set(said_in(transcripts))
        faults, calls = [], 0
        for command, allowed in steps:
            errors, made = traced([emic, *command], folder / "trace")
            made = list(made)
            calls += len(made)
            told = list(faults_of(made, allowed))
            told += [f"what was said is on standard error: {piece}" for piece in said if piece in errors]
            faults += [f"emic {' '.join(command)}: {fault}" for fault in told]
        faults += [fault for made in (exported, out, parts) for fault in open_to_others(made)]
        for record in (out / "run.json", parts / "run.json"):
            faults += [f"what was said is in {record}: {piece}" for piece in said if piece in record.read_text()]

    for fault in faults[:50]:
        print(fault, file=sys.stderr)
    print(f"{len(steps)} commands, {calls} calls traced, {len(said)} pieces of talk looked for: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
