#!/usr/bin/env python3
"""Runs small studies as other processors would, and looks whether every file has the same bytes.

    cargo run -p emic-tools --bin random_model -- MODEL
    python3 scripts/check_processors.py --emic target/debug/emic --model MODEL

Studies of the first turns of six interviews of the demo, one with each cluster method, one by topics, and one with a coded sample, are
run as this machine does; then with each set of vector instructions that it has, without glibc's variants for AVX2 and fused multiply-add, and in QEMU's
emulation of a processor without AVX and of one with AVX2 but without AVX-512. Tables in all formats, the page, codebooks, paper.md and
run.json have to be the same. The model's weights are random: that vectors mean something changes no arithmetic.

Needs Python 3.9 and Linux on x86-64. QEMU (Debian's package qemu-user) is installed where that is allowed; where it cannot be, the
script does what can be done without it and ends with 77.
"""

import argparse
import hashlib
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time

from coded_sheets import fill

HERE = pathlib.Path(__file__).resolve().parent.parent
DEMO = HERE / "data" / "demo"
KERNELS = ["plain", "avx2", "avx-vnni", "avx512", "avx512-vnni", "amx"]
# What glibc's mathematical library chooses its variants by. Names that a glibc does not know change nothing.
TUNABLES = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX2_Usable,-FMA,-FMA_Usable,-FMA4,-AVX512F,-AVX512VL"}
# A processor, the kernel that it must have, and one that it must not have: or the emulation shows nothing.
EMULATED = [("Nehalem", "plain", "avx2"), ("Haswell", "avx2", "avx512")]
# Studies, in this order in one output folder, so that texts are embedded once: the method of clusters, their number, what a segment is.
STUDIES = {
    "kmeans": ("kmeans", 5, "turn"),
    "mixture": ("gaussian-mixture", 3, "turn"),
    "dbscan": ("dbscan", '"auto"', "turn"),
    "topics": ("spherical-kmeans", 3, "topic"),
    "coded": ("spherical-kmeans", '"auto"', "turn"),
}
INTERVIEWS = ["C05", "C08", "O03", "O07", "V03", "V08"]
LINES = 26


def write_study(folder, name, model):
    method, clusters, unit = STUDIES[name]
    for interview in INTERVIEWS:
        lines = (DEMO / "transcripts" / f"{interview}.txt").read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / f"{interview}.txt").write_text("".join(lines[:LINES]), encoding="utf-8")
    (folder / f"{name}.toml").write_text(f"""
[study]
language = "en"
[corpus]
transcripts = {[f"{interview}.txt" for interview in INTERVIEWS]}
participants = '{DEMO / "participants.csv"}'
groups = ["country", "cohort"]
interviewers = ["Interviewer", "INT", "Ilva Tarrow", "Rune Addick", "Milada Vornik", "Ines Korvat", "Corin Astley-Broom",
  "Hanne Wildersee"]
[segment]
unit = "{unit}"
[embed]
model = '{model}'
[cluster]
method = "{method}"
clusters = {clusters}
[themes]
codebook = '{HERE / "data" / "codebooks" / "barriers.toml"}'
[compare]
within = "cohort"
[output]
directory = "out"
formats = ["parquet", "csv", "xlsx"]
""", encoding="utf-8")


def digests(out):
    """Every result by its path. What is kept for the next run is no result."""
    files = {}
    for path in sorted(out.rglob("*")):
        within = path.relative_to(out)
        if path.is_file() and within.parts[0] not in ("cache", "review", ".unfinished", ".lock"):
            files[str(within)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return files


class Way:
    """A way to run the program: its own folder, what stands before and after its arguments, what is in its environment."""

    def __init__(self, name, given, folder, before=(), after=(), environment=None):
        self.name, self.folder = name, folder / name.replace(" ", "-")
        self.before, self.after = [*before, str(given.emic)], list(after)
        self.environment = {**os.environ, **(environment or {})}
        self.folder.mkdir()

    def emic(self, *arguments, more=()):
        command = [*self.before, *arguments, *more]
        return subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)

    def run(self, study, review=None):
        """The digests of a study's results."""
        out = self.folder / "out"
        shutil.rmtree(out / "review", ignore_errors=True)
        if review:
            shutil.copytree(review, out / "review")
        done = self.emic("run", f"../{study}.toml", "--out", "out", "--quiet", "--threads", "2", more=self.after)
        if done.returncode not in (0, 2):
            sys.exit(f"{self.name}: `emic run` of {study} ended with {done.returncode}\n{done.stderr[-2000:]}")
        return digests(out)

    def run_all(self, review):
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        return {study: self.run(study, review if study == "coded" else None) for study in STUDIES}

    def has_kernel(self, kernel):
        done = self.emic("embed", "../text.txt", "--out", "x.npy", "--model", self.model, "--kernel", kernel, "--quiet")
        if done.returncode and "cannot run the kernel" not in done.stderr:
            sys.exit(f"{self.name}: `emic embed --kernel {kernel}` ended with {done.returncode}\n{done.stderr[-2000:]}")
        return done.returncode == 0


def code_a_sample(way):
    """Two coders, who say of each segment and theme what a digest of both says: the folder that the next runs take it from."""
    way.run("coded")
    out = way.folder / "out"

    def emic(*arguments):
        done = way.emic(*arguments)
        if done.returncode not in (0, 2):
            sys.exit(f"`emic {' '.join(arguments)}` ended with {done.returncode}\n{done.stderr[-2000:]}")

    emic("review", "sample", "out", "--segments", "30", "--coders", "Ana, Ben", "--both", "0.6")
    for coder in ["Ana", "Ben"]:
        sheet = next((out / "review").rglob(f"codes-{coder}.csv"))

        def applies(segment, theme):
            of_both = hashlib.sha256(f"{segment} {theme}".encode()).digest()
            of_coder = hashlib.sha256(f"{segment} {theme} {coder}".encode()).digest()
            return (of_both[0] < 90) != (of_coder[0] < 25)

        filled = way.folder / sheet.name
        fill(sheet, filled, applies)
        emic("review", "import", "out", filled.name)
    review = way.folder / "review"
    shutil.copytree(out / "review", review)
    return review


def emulator():
    """The path of QEMU, if there is one or it can be installed."""
    found = shutil.which("qemu-x86_64")
    if found or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "--quiet"], check=False, **quiet)
    subprocess.run(["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "qemu-user"], check=False, **quiet)
    return shutil.which("qemu-x86_64")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--emic", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True, help="folder of a small model")
    parser.add_argument("--keep", type=pathlib.Path, help="folder to leave everything in, to look at what differs")
    given = parser.parse_args()
    given.emic = given.emic.resolve()
    if platform.machine() != "x86_64":
        print("only x86-64 can be looked at here", file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory(prefix="emic-processors.") as temporary:
        folder = given.keep.resolve() if given.keep else pathlib.Path(temporary)
        folder.mkdir(exist_ok=True)
        Way.model = str(given.model.resolve())
        for study in STUDIES:
            write_study(folder, study, Way.model)
        (folder / "text.txt").write_text("sixty families and one morning a week\n", encoding="utf-8")
        return compared(given, folder)


def compared(given, folder):
    native = Way("native", given, folder)
    review = code_a_sample(native)
    began = time.monotonic()
    want = native.run_all(review)
    print(f"{sum(map(len, want.values()))} files of {len(STUDIES)} studies in {time.monotonic() - began:.0f} s")

    ways = [Way("glibc without variants", given, folder, environment=TUNABLES)]
    ways += [Way(f"kernel {kernel}", given, folder, after=["--kernel", kernel]) for kernel in KERNELS if native.has_kernel(kernel)]
    qemu = emulator()
    if qemu:
        for processor, has, has_not in EMULATED:
            way = Way(f"emulated {processor}", given, folder, before=[qemu, "-cpu", processor])
            if not way.has_kernel(has) or way.has_kernel(has_not):
                sys.exit(f"QEMU's {processor} does not have the instructions that it should have; QEMU 7.2 or newer is needed")
            ways.append(way)

    wrong = 0
    for way in ways:
        began = time.monotonic()
        differing = []
        for study, found in way.run_all(review).items():
            files = want[study]
            differing += [f"{study}/{name}" for name in sorted({*files, *found}) if files.get(name) != found.get(name)]
        wrong += bool(differing)
        what = f"{len(differing)} files DIFFER: {', '.join(differing[:8])}" if differing else "the same bytes"
        print(f"{way.name}: {what}, {time.monotonic() - began:.0f} s", flush=True)
    if wrong:
        return 1
    if not qemu:
        print("QEMU cannot be installed here: other processors were not emulated", file=sys.stderr)
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main())
