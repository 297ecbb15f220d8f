#!/usr/bin/env python3
"""How long each stage of a run takes, and how much memory: a line a stage, and the whole.

    python3 benches/scale.py --emic target/release/emic STUDY.toml [--out DIR] [--models DIR] [-- further options of emic run]

A stage is what `emic run` says that it is doing. Memory is what the system counts as the program's (resident), and of it what is not
a mapped file (own): mapped files make room when others need it. Needs Linux.
"""

import argparse
import pathlib
import subprocess
import sys
import threading
import time


def memory(pid):
    found = {}
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(("VmRSS", "RssAnon", "VmHWM")):
                name, number = line.split()[:2]
                found[name.rstrip(":")] = int(number) / 1e6
    except (OSError, ProcessLookupError):
        pass
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emic", required=True)
    parser.add_argument("study")
    parser.add_argument("--out")
    parser.add_argument("--models")
    parser.add_argument("further", nargs="*")
    given = parser.parse_args()
    command = [given.emic, "run", given.study, *given.further]
    for name in ("out", "models"):
        if getattr(given, name):
            command += [f"--{name}", getattr(given, name)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    stages = [["loading the model", time.monotonic(), 0.0, 0.0]]
    highest = 0.0

    def watch():
        nonlocal highest
        while process.poll() is None:
            now = memory(process.pid)
            stages[-1][2] = max(stages[-1][2], now.get("VmRSS", 0))
            stages[-1][3] = max(stages[-1][3], now.get("RssAnon", 0))
            highest = max(highest, now.get("VmHWM", 0))
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for line in process.stderr:
        name, _, rest = line.strip().partition(" (")
        if rest and "of" not in rest:
            stages.append([name, time.monotonic(), 0.0, 0.0])
        elif not rest:
            print(line.strip(), file=sys.stderr)
    process.wait()
    watcher.join()
    ends = [stage[1] for stage in stages[1:]] + [time.monotonic()]
    print("| stage | seconds | resident GB | own GB |\n|---|---|---|---|")
    for (name, began, resident, own), end in zip(stages, ends):
        print(f"| {name} | {end - began:.1f} | {resident:.2f} | {own:.2f} |")
    print(f"| all | {ends[-1] - stages[0][1]:.1f} | {highest:.2f} | |")
    sys.exit(process.returncode)


if __name__ == "__main__":
    main()
