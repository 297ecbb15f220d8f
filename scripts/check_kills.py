#!/usr/bin/env python3
"""Kills runs of a study at random moments and breaks what they leave, and looks whether the next run ends as if nothing had happened.

    python3 scripts/check_kills.py --emic target/release/emic [--study STUDY.toml] [--models DIR] [--kills 200] [--faults 50] [--seed 7]

A kill is SIGKILL to `emic run` at a moment drawn evenly over the time that the stage takes, the stages in turn, so that writing is
hit as often as embedding. After each kill the run is repeated to its end, and every file of the output folder but `run.json` (which
counts what was embedded anew) must have the bytes of an undisturbed run. Every tenth kill also hits the repeated run. A fault is a
disk without room, a folder that may not be written, a cache that is cut or flipped: the run must end in the same bytes or in a
sentence, and leave the results of the run before. Imports of coded sheets are killed too: what is in the folder `review` afterwards is
that of before or that of an import that was done, file for file. Needs Python 3.9 and Linux; as root, permissions are tried as another user.
"""

import argparse
import csv
import hashlib
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent.parent
STAGES = ["reading transcripts", "cutting segments", "embedding segments", "finding clusters", "clustering halves",
          "labelling themes", "writing tables", "writing the page"]
NOBODY = 65534


def digests(out):
    """Every result by its path. What is kept for the next run is no result."""
    files = {}
    for path in sorted(out.rglob("*")):
        within = path.relative_to(out)
        if path.is_file() and within.parts[0] not in ("cache", ".unfinished", ".lock", "run.json"):
            files[str(within)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return files


class Trial:
    def __init__(self, given, folder):
        self.given, self.folder = given, folder
        self.command = [str(given.emic), "run", str(given.study), "--threads", "2"]
        if given.models:
            self.command += ["--models", str(given.models)]

    def run(self, out, **how):
        return subprocess.run([*self.command, "--out", str(out)], capture_output=True, text=True, **how)

    def timed(self, out, watch):
        """Runs and tells `watch(stage)` of each stage as it begins."""
        process = subprocess.Popen([*self.command, "--out", str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in process.stderr:
            watch(process, next((stage for stage in STAGES if line.startswith(stage)), None))
        return process.wait()

    def stage_times(self, out):
        times, began = {}, [None, 0.0]

        def watch(_, stage):
            now = time.monotonic()
            if began[0]:
                times[began[0]] = times.get(began[0], 0) + now - began[1]
            if stage:
                began[:] = [stage, now]

        assert self.timed(out, watch) == 0
        watch(None, None)
        return times

    def kill(self, out, stage, after):
        """Kills a run `after` seconds into a stage. Says whether it was still running."""
        killed = []

        def watch(process, found):
            if found == stage and not killed:
                killed.append(True)
                threading.Timer(after, lambda: process.send_signal(signal.SIGKILL)).start()

        return self.timed(out, watch) == -signal.SIGKILL


def check_kills(trial, want, chance):
    """Kills at every stage in turn, with a cache from nothing, half made or whole."""
    fresh = trial.folder / "times"
    times = trial.stage_times(fresh)
    again = trial.stage_times(fresh)
    print("seconds a stage:", ", ".join(f"{stage} {times.get(stage, 0):.2f} then {again.get(stage, 0):.2f}" for stage in STAGES))
    hit, wrong = {stage: 0 for stage in STAGES}, 0
    out = trial.folder / "killed"
    for number in range(trial.given.kills):
        stage = STAGES[number % len(STAGES)]
        is_new = number % 3 == 0 or stage in ("cutting segments", "embedding segments")
        if is_new:
            shutil.rmtree(out, ignore_errors=True)
        long = (times if is_new else again).get(stage, 0.01)
        rounds = 2 if number % 10 == 9 else 1
        was_hit = [trial.kill(out, stage, chance.uniform(0, 1.02) * long) for _ in range(rounds)]
        hit[stage] += any(was_hit)
        ended = trial.run(out)
        found = digests(out)
        if ended.returncode not in (0, 2) or found != want:
            wrong += 1
            differing = sorted(name for name in {*found, *want} if found.get(name) != want.get(name))
            print(f"WRONG after kill {number} in {stage}: status {ended.returncode}, {differing[:5]}\n{ended.stderr[-500:]}")
        if any(out.rglob(".*.partial")) or (out / ".unfinished").exists():
            wrong += 1
            print(f"WRONG after kill {number} in {stage}: something unfinished is left")
    print("kills that met a running program:", ", ".join(f"{stage} {count}" for stage, count in hit.items()))
    return sum(hit.values()), wrong


def flip(path, chance):
    """Flips a bit; the path may hold nothing."""
    data = bytearray(path.read_bytes())
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def cut(path, chance):
    os.truncate(path, chance.randrange(path.stat().st_size + 1))


def with_less_room(trial, out, chance):
    """A file may not grow beyond so many bytes: as on a full disk, writing fails in the middle."""
    largest = max((path.stat().st_size for path in out.rglob("*") if path.is_file()), default=1)
    most = chance.randrange(1, largest)

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return trial.run(out, preexec_fn=limit)


def on_full_disk(trial, out, chance):
    """A file system of a few megabytes, where the results of the run before nearly fill it."""
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    mounted = trial.folder / "small"
    mounted.mkdir(exist_ok=True)
    room = int(size * chance.uniform(1.05, 1.8))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(mounted)], check=True)
    try:
        small = mounted / "out"
        shutil.copytree(out, small)
        before = digests(small)
        ended = trial.run(small)
        after = digests(small)
        return ended, before, after
    finally:
        subprocess.run(["umount", str(mounted)], check=True)


def check_faults(trial, want, chance):
    out, wrong, ends = trial.folder / "faulty", 0, {}
    kinds = ["cache cut", "cache flipped", "cuts flipped", "cuts cut", "no room for a file", "full disk", "cache read-only",
             "tables read-only", "folder read-only", "list flipped"]
    can_mount = os.geteuid() == 0
    for number in range(trial.given.faults):
        kind = kinds[number % len(kinds)]
        shutil.rmtree(out, ignore_errors=True)
        trial.run(out)
        vectors, cuts = sorted((out / "cache").glob("vectors-*.bin"))[0], out / "cache" / "cuts.bin"
        before = digests(out)
        how = {}
        locked = None
        if kind == "cache cut":
            cut(vectors, chance)
        elif kind == "cache flipped":
            flip(vectors, chance)
        elif kind == "cuts cut":
            cut(cuts, chance)
        elif kind == "cuts flipped":
            flip(cuts, chance)
        elif kind == "list flipped":
            shutil.copytree(out / "tables", out / ".unfinished" / "tables")
            (out / ".unfinished" / "list.json").write_text('{"kept": [], "files": ["tables/themes.csv"')
        elif kind.endswith("read-only"):
            locked = {"cache read-only": out / "cache", "tables read-only": out / "tables", "folder read-only": out}[kind]
            if os.geteuid() == 0:
                subprocess.run(["chown", "-R", str(NOBODY), str(trial.folder)], check=True)
                how = {"user": NOBODY}
            locked.chmod(0o500)
        if kind == "no room for a file":
            ended = with_less_room(trial, out, chance)
        elif kind == "full disk" and can_mount:
            ended, before, after = on_full_disk(trial, out, chance)
        else:
            ended = trial.run(out, **how)
        if locked:
            locked.chmod(0o700)
        if kind != "full disk" or not can_mount:
            after = digests(out)
        done = ended.returncode in (0, 2)
        said = bool(ended.stderr.strip()) and "panicked" not in ended.stderr
        # What went wrong on the way is a row of `problems`, and stands on the page.
        told = {"tables/problems.csv", "tables/problems.parquet", "tables/problems.xlsx", "report.html"}
        same = {name: value for name, value in after.items() if name not in told} == {name: value for name, value in want.items() if name not in told}
        kept = after == before
        right = (done and same) or (not done and said and kept)
        wrong += not right
        ends.setdefault(kind, []).append("done" if done else "refused")
        if not right:
            print(f"WRONG at fault {number}, {kind}: status {ended.returncode}, same {same}, kept {kept}\n{ended.stderr[-800:]}")
    for kind, found in ends.items():
        print(f"{kind}: {found.count('done')} done, {found.count('refused')} refused in a sentence")
    return sum(map(len, ends.values())), wrong


def coded(sheet, answer):
    """A sheet with one answer in every row, and a note, so that an import writes several files."""
    with open(sheet, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    heading = rows[0]
    known = {"segment_id", "interview", "where", "said before", "text", "said after", "none of these", "other theme", "sample"}
    for row in rows[1:]:
        for place, name in enumerate(heading):
            if name == "memo":
                row[place] = f"all {answer}"
            elif name not in known:
                row[place] = answer
    told = sheet.parent.parent.parent.parent / f"codes-coder-{answer}.csv"
    with open(told, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return told


def check_imports(trial, chance):
    """Kills `emic review import` at any moment: the next command finds the codes and notes of before or of after, never of both."""
    out, wrong, met = trial.folder / "reviewed", 0, 0
    emic = str(trial.given.emic)
    assert trial.run(out).returncode in (0, 2)
    subprocess.run([emic, "review", "sample", str(out), "--segments", "300"], check=True, capture_output=True)
    sheet = next((out / "review" / "sample-1").glob("codes-*.csv"))
    ways = {answer: coded(sheet, answer) for answer in ("yes", "no")}
    reviewed = lambda: {name: value for name, value in digests(out).items() if name.startswith("review/")}
    wanted, took = {}, 0.0
    for answer, told in [*ways.items(), *ways.items()]:
        began = time.monotonic()
        done = subprocess.run([emic, "review", "import", str(out), str(told), "--coder", "Ana"], capture_output=True, text=True)
        assert done.returncode in (0, 2), done.stderr
        took, wanted[answer] = time.monotonic() - began, reviewed()
    assert wanted["yes"] != wanted["no"]
    last = "no"
    for number in range(trial.given.kills):
        answer = "yes" if last == "no" else "no"
        process = subprocess.Popen([emic, "review", "import", str(out), str(ways[answer]), "--coder", "Ana"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Files take their places at the end.
        time.sleep(took * chance.uniform(0.3, 1.05))
        process.kill()
        met += process.wait() == -signal.SIGKILL
        # Whichever command comes next carries to its end what had been written whole.
        subprocess.run([emic, "export", str(out), "--to", str(out / "all.xlsx"), "--replace"], capture_output=True)
        found = reviewed()
        if found not in wanted.values():
            wrong += 1
            print(f"WRONG after kill {number} of an import: {sorted(name for name in found if found[name] not in (wanted['yes'].get(name), wanted['no'].get(name)))}")
        last = next((answer for answer, files in wanted.items() if files == found), last)
    print(f"{trial.given.kills} kills of an import ({met} met a running program): {wrong} wrong")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emic", type=pathlib.Path, required=True)
    parser.add_argument("--study", type=pathlib.Path, default=HERE / "data/demo/study.toml")
    parser.add_argument("--models", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--faults", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    given.emic, given.study = given.emic.resolve(), given.study.resolve()
    given.models = given.models and given.models.resolve()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="emic-kills-") as folder:
        folder = pathlib.Path(folder)
        folder.chmod(0o755)
        trial = Trial(given, folder)
        undisturbed = folder / "undisturbed"
        ended = trial.run(undisturbed)
        assert ended.returncode in (0, 2), ended.stderr
        want = digests(undisturbed)
        hit, wrong_kills = check_kills(trial, want, chance)
        faults, wrong_faults = check_faults(trial, want, chance)
        wrong_imports = check_imports(trial, chance)
        print(f"{given.kills} kills ({hit} met a running program): {wrong_kills} wrong; {faults} faults: {wrong_faults} wrong")
    sys.exit(1 if wrong_kills or wrong_faults or wrong_imports else 0)


if __name__ == "__main__":
    main()
