#!/usr/bin/env python3
"""How much do the labels of other interviews gain, when people code a small sample? Draws samples from studies that people
had coded throughout, fills them in from those codes, feeds them back, and holds the new scores against the other codes.

    pip install polars numpy
    python3 docs/learning.py --emic target/release/emic --study NAME FOLDER CODES [--study ...] [--segments 25,50,100,200,400]
                             [--seeds 2] [--work FOLDER] [--to learning.csv]

FOLDER holds study.toml, codebook.toml and transcripts.jsonl (a turn a line, with transcript_id and turn_index); CODES is .jsonl
with `transcript_id`, `turn_index` and `labels` on every line.

A hundred segments spread over all interviews leave none unseen. So half of the interviews, drawn at random, are opened: they
alone are a study from which `emic review sample` draws the segments; the sheet is filled in from the codes and taken back by
`emic review import`; and the whole study is run with `[review] codes`. What is measured is the mean average precision of its
scores over the turns of the other half, of which nobody saw a segment, for the themes that people gave at least three times
there; and the same of a run without codes. Then the halves change places. Printed are means over halves and seeds, and behind each the
share of themes whose average precision, mean over halves and seeds, is lower by more than .01 than without codes.
"""

import argparse
import collections
import csv
import json
import pathlib
import random
import re
import shutil
import subprocess

import numpy as np
import polars as pl

LEAST_GIVEN = 3
LEAST_WORDS = 5
WORSE = 0.01


def lines_of(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def average_precision(given, scores):
    """The mean of the precision over the places of what was given; equal scores share a place."""
    order = np.argsort(-scores, kind="stable")
    given, scores = given[order], scores[order]
    ends = np.r_[np.flatnonzero(np.diff(scores)), len(scores) - 1]
    found = np.cumsum(given)[ends]
    return float(np.sum(np.diff(np.r_[0, found]) * found / (ends + 1)) / given.sum())


def emic(arguments, *words):
    done = subprocess.run([arguments.emic, *map(str, words)], capture_output=True, text=True)
    if done.returncode not in (0, 2):
        raise SystemExit(f"emic {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stderr[-2000:]}")


def study_in(folder, source, keep, codes=""):
    """The study of `source` with the transcripts of `keep` alone; vectors that are there are taken along. Without emergent themes and groups, and
    with two clusters: none of these changes the scores of the codebook's themes, and runs are quicker."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with open(folder / "transcripts.jsonl", "w", encoding="utf-8") as out:
        for line in open(source / "transcripts.jsonl", encoding="utf-8"):
            if json.loads(line)["transcript_id"] in keep:
                out.write(line)
    shutil.copy(source / "codebook.toml", folder)
    text = (source / "study.toml").read_text(encoding="utf-8").replace("emergent = true", "emergent = false")
    text = re.sub(r"(?m)^groups = .*$", "groups = []", text)
    if "[cluster]" not in text:
        text += "\n[cluster]\nclusters = 2\n"
    (folder / "study.toml").write_text(text + (f"\n[review]\ncodes = {json.dumps(codes)}\n" if codes else ""), encoding="utf-8")
    if (source / "out/cache").is_dir():
        shutil.copytree(source / "out/cache", folder / "out/cache")
    return folder / "study.toml"


def fill_in(folder, codes, themes):
    """Fills in the one sheet of the one sample as the codes say, and returns it."""
    (sheet,) = folder.glob("out/review/sample-*/codes*.csv")
    segments = pl.read_parquet(folder / "out/tables/segments.parquet", columns=["segment_id", "transcript_id", "first_turn"])
    turn_of = {row[0]: row[1:] for row in segments.iter_rows()}
    with open(sheet, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        given = codes[turn_of[row["segment_id"]]] & themes
        for theme in given:
            column = theme if theme in row else f"theme: {theme}"
            row[column] = "x"
        if not given:
            row["none of these"] = "x"
    coded = folder / "coded.csv"
    with open(coded, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return coded


def precision(folder, codes, themes, turns):
    """The average precision over the turns of each theme that was given often enough there."""
    tables = folder / "out/tables"
    segments = pl.read_parquet(tables / "segments.parquet", columns=["segment_id", "transcript_id", "first_turn"])
    scores = pl.read_parquet(tables / "scores.parquet").join(segments, on="segment_id")
    best = scores.group_by("transcript_id", "first_turn").agg([pl.col(theme).max() for theme in themes])
    by_turn = {row[:2]: row[2:] for row in best.iter_rows()}
    found = [turn for turn in turns if turn in by_turn]
    values = np.array([by_turn[turn] for turn in found], dtype=float)
    kept = {}
    for place, theme in enumerate(themes):
        given = np.array([theme in codes[turn] for turn in found])
        if given.sum() >= LEAST_GIVEN:
            kept[theme] = average_precision(given, values[:, place])
    return kept


def measure(arguments, name, source, codes_file):
    rows = lines_of(codes_file)
    codes = collections.defaultdict(set)
    for row in rows:
        codes[(row["transcript_id"], row["turn_index"])] |= set(row.get("labels") or [])
    themes = [line.split("=", 1)[1] for line in (source / "codebook.toml").read_text(encoding="utf-8").splitlines() if line.startswith("name =")]
    themes = [json.loads(theme) for theme in themes]
    scored = [(row["transcript_id"], row["turn_index"]) for row in rows if len(row["text"].split()) >= LEAST_WORDS]
    interviews = sorted({row["transcript_id"] for row in rows})
    work = arguments.work / name
    emic(arguments, "run", study_in(work / "plain", source, set(interviews)), "--quiet")
    figures = collections.defaultdict(list)
    for seed in range(arguments.seeds):
        shuffled = interviews[:]
        random.Random(seed).shuffle(shuffled)
        half = len(shuffled) // 2
        for side, opened in enumerate([set(shuffled[:half]), set(shuffled[half:])]):
            held = [turn for turn in scored if turn[0] not in opened]
            figures[0].append(precision(work / "plain", codes, themes, held))
            emic(arguments, "run", study_in(work / "open", source, opened), "--quiet")
            for segments in arguments.segments:
                shutil.rmtree(work / "open/out/review", ignore_errors=True)
                emic(arguments, "review", "sample", work / "open/out", "--segments", segments, "--seed", 100 * seed + side)
                sheet = fill_in(work / "open", codes, set(themes))
                emic(arguments, "review", "import", work / "open/out", sheet, "--coder", "people")
                study = study_in(work / "learned", source, set(interviews), codes="codes.csv")
                shutil.copy(work / "open/out/review/codes.csv", work / "learned/codes.csv")
                emic(arguments, "run", study, "--quiet")
                figures[segments].append(precision(work / "learned", codes, themes, held))
    return {segments: float(np.mean([np.mean(list(one.values())) for one in runs])) for segments, runs in figures.items()}, {
        segments: share_worse(figures[0], runs) for segments, runs in figures.items() if segments
    }


def share_worse(before, after):
    """The share of themes that are worse by more than `WORSE`."""
    changes = collections.defaultdict(list)
    for one, other in zip(before, after):
        for theme in one:
            changes[theme].append(other[theme] - one[theme])
    return float(np.mean([np.mean(change) < -WORSE for change in changes.values()]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emic", required=True)
    parser.add_argument("--study", nargs=3, action="append", required=True, metavar=("NAME", "FOLDER", "CODES"))
    parser.add_argument("--segments", default="25,50,100,200,400", type=lambda text: [int(part) for part in text.split(",")])
    parser.add_argument("--seeds", default=2, type=int)
    parser.add_argument("--work", default=pathlib.Path("learning"), type=pathlib.Path)
    parser.add_argument("--to", type=pathlib.Path)
    arguments = parser.parse_args()
    table = []
    for name, folder, codes in arguments.study:
        figures, worse = measure(arguments, name, pathlib.Path(folder), codes)
        table.append([name, *figures.values()])
        shown = [f"{segments}: {figure:.3f}" + (f" ({worse[segments]:.2f})" if segments else "") for segments, figure in figures.items()]
        print(name, " ".join(shown), flush=True)
    means = np.mean([row[1:] for row in table], axis=0)
    print("mean", " ".join(f"{segments}: {mean:.3f}" for segments, mean in zip([0, *arguments.segments], means)))
    if arguments.to:
        with open(arguments.to, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["collection", "no codes", *arguments.segments])
            writer.writerows([row[0], *(f"{value:.4f}" for value in row[1:])] for row in table)


if __name__ == "__main__":
    main()
