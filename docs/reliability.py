#!/usr/bin/env python3
"""Of the labels with a confidence, how many are right? Holds finished runs against codes that people gave.

    pip install polars matplotlib
    python3 docs/reliability.py --run NAME OUT CODES [--run ...] [--apart NAME OUT CODES] [--to FOLDER] [--picture NAME.png]

NAME is what the figure calls the collection, OUT the output folder of a finished `emic run`, and CODES a file with what
people coded: .jsonl with `transcript_id`, `turn_index` and `labels` (a list) on every line, or .csv with these columns and
the labels of a cell joined with `; `. A turn that was read and got no code has to be there with no labels; turns that are
not in the file were not read, and segments of such turns are left out. What is given with --apart is shown beside the others
and left out of what they have together.

Only the codebook's themes count, and of these the ones that people gave at least once. A label is right when a person gave
its theme to a turn of its segment. Written are reliability.csv and reliability.svg, the same bytes for the same input.
Printed are, for each collection, the share of what people gave that has a label; the expected calibration error, which is the
mean difference between confidence and share right over bins of a tenth, weighted by their labels (Naeini, Cooper and
Hauskrecht 2015); and this error for the same labels if the confidence had been told how frequent people found each theme,
instead of taking the odds as 1 to the number of themes.

Intervals are the middle 95 % of 1,000 draws of as many transcripts, with putting back; where a collection has a dozen
transcripts or fewer they are too narrow. A bin of fewer than 20 labels, or one whose labels are all right or all wrong, has
none.
"""

import argparse
import collections
import csv
import json
import pathlib
import random
import typing

import matplotlib
import polars as pl

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend has to be chosen first)

BINS = 10
DRAWS = 1000
LEAST_LABELS = 20

# A codebook of fewer themes counts as one of so many: LEAST_THEMES in src/theme/threshold.rs.
LEAST_THEMES = 10

# For each transcript that people coded its labels: confidence, whether it is right, and what the confidence would be if it had
# been told how frequent people found the theme.
Labels = dict[str, list[tuple[float, bool, float]]]


class Coded(typing.NamedTuple):
    """A run held against people's codes."""

    labels: Labels
    # Segments and themes that people gave together.
    given: int


def human_codes(path: pathlib.Path) -> dict[tuple[str, int], set[str]]:
    """The labels of every turn that people read, by transcript and turn."""
    if path.suffix == ".csv":
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = [{**row, "labels": row["labels"].split(";")} for row in csv.DictReader(file)]
    else:
        with open(path, encoding="utf-8") as file:
            rows = [json.loads(line) for line in file if line.strip()]
    codes: dict[tuple[str, int], set[str]] = {}
    for row in rows:
        given = {label.strip() for label in row.get("labels") or [] if label.strip()}
        codes.setdefault((str(row["transcript_id"]), int(row["turn_index"])), set()).update(given)
    return codes


def held_against(out: pathlib.Path, codes: dict[tuple[str, int], set[str]]) -> Coded:
    """Holds the labels of a run against the codes."""
    read = lambda name: pl.read_parquet(out / "tables" / f"{name}.parquet")  # noqa: E731
    seeds = set(read("themes").filter(pl.col("kind") == "seed")["theme"])
    used = seeds & set().union(*codes.values())
    for theme in sorted(seeds - used):
        print(f"    left out, because nobody gave it: {theme}")

    truth: dict[str, set[str]] = {}
    transcript_of: dict[str, str] = {}
    columns = ["segment_id", "transcript_id", "first_turn", "last_turn"]
    for segment, transcript, first, last in read("segments").select(columns).iter_rows():
        turns = [codes[transcript, turn] for turn in range(first, last + 1) if (transcript, turn) in codes]
        if turns:
            truth[segment] = set().union(*turns)
            transcript_of[segment] = transcript
    carried = collections.Counter(theme for themes in truth.values() for theme in themes)

    found: Labels = {transcript: [] for transcript in transcript_of.values()}
    for segment, theme, confidence in read("labels").select("segment_id", "theme", "confidence").iter_rows():
        if segment in truth and theme in used:
            # Odds of 1 to T out, the true odds in.
            share = carried[theme] / len(truth)
            for_it = confidence * max(len(seeds), LEAST_THEMES) * share
            told = for_it / (for_it + (1 - confidence) * (1 - share))
            found[transcript_of[segment]].append((confidence, theme in truth[segment], told))
    return Coded(found, sum(carried[theme] for theme in used))


def bin_of(confidence: float) -> int:
    # A hair, because 0.2 in 32 bits may be just below 0.2.
    return min(int(confidence * BINS + 1e-6), BINS - 1)


def sums_of(labels) -> dict[int, list[float]]:
    """For each bin the labels, the right ones among them and the sum of their confidences."""
    sums: dict[int, list[float]] = {}
    for confidence, right in labels:
        total = sums.setdefault(bin_of(confidence), [0, 0, 0.0])
        total[0] += 1
        total[1] += right
        total[2] += confidence
    return sums


def bins_of(name: str, collections_: list[Coded]) -> list[dict]:
    """A row a bin, with intervals. Transcripts are drawn within each collection."""
    chance = random.Random(7)
    by_transcript = [[sums_of(label[:2] for label in labels) for labels in one.labels.values()] for one in collections_]
    shares = collections.defaultdict(list)
    for _ in range(DRAWS):
        drawn: dict[int, list[float]] = collections.defaultdict(lambda: [0, 0])
        for transcripts in by_transcript:
            for sums in chance.choices(transcripts, k=len(transcripts)):
                for place, (labels, right, _) in sums.items():
                    drawn[place][0] += labels
                    drawn[place][1] += right
        for place, (labels, right) in drawn.items():
            shares[place].append(right / labels)
    rows = []
    everything = [label[:2] for one in collections_ for labels in one.labels.values() for label in labels]
    for place, (labels, right, confidence) in sorted(sums_of(everything).items()):
        low, high = None, None
        if labels >= LEAST_LABELS and 0 < right < labels:
            middle = sorted(shares[place])
            low, high = middle[int(0.025 * len(middle))], middle[int(0.975 * len(middle))]
        rows.append({
            "collection": name, "bin_low": place / BINS, "bin_high": (place + 1) / BINS, "labels": labels,
            "mean_confidence": confidence / labels, "share_right": right / labels,
            "share_right_low": low, "share_right_high": high,
        })
    return rows


def calibration_error(labels: list[tuple[float, bool]]) -> float:
    return sum(abs(confidence - right) for _, right, confidence in sums_of(labels).values()) / len(labels)


def told(name: str, collections_: list[Coded]) -> tuple[int, float]:
    """Prints what is known of some collections; gives the number of labels and the calibration error."""
    labels = [label for one in collections_ for labels in one.labels.values() for label in labels]
    found = sum(right for _, right, _ in labels) / sum(one.given for one in collections_)
    mean = lambda values: sum(values) / len(labels)  # noqa: E731
    error = calibration_error([(confidence, right) for confidence, right, _ in labels])
    print(
        f"{name}: {len(labels):,} labels, mean confidence {mean(label[0] for label in labels):.3f}, "
        f"right {mean(label[1] for label in labels):.3f}, found {found:.3f}, calibration error {error:.3f}; "
        f"told the true shares {calibration_error([(label[2], label[1]) for label in labels]):.3f}"
    )
    return len(labels), error


def points(rows: list[dict]) -> tuple[list[float], list[float]]:
    return [row["mean_confidence"] for row in rows], [row["share_right"] for row in rows]


def figure(collections_: dict[str, list[dict]], figures: dict[str, tuple[int, float]], paths: list[pathlib.Path]):
    matplotlib.rcParams.update({
        "svg.fonttype": "none", "svg.hashsalt": "emic", "font.size": 9,
        "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "sans-serif"],
        "axes.spines.top": False, "axes.spines.right": False,
    })
    across = min(4, len(collections_))
    down = -(-len(collections_) // across)
    sheet, panels = plt.subplots(
        down, across, figsize=(2.45 * across, 2.75 * down), sharex=True, sharey=True, squeeze=False, facecolor="white"
    )
    for panel, (name, rows) in zip(panels.flat, collections_.items()):
        labels, error = figures[name]
        panel.plot([0, 1], [0, 1], color="#999999", linewidth=1, linestyle="--")
        # How many labels stand in each bin, along the foot; the fullest bin is a fifth of the panel.
        most = max(row["labels"] for row in rows)
        edges = [edge for row in rows for edge in (row["bin_low"], row["bin_high"])]
        heights = [0.2 * row["labels"] / most for row in rows for _ in range(2)]
        panel.fill_between(edges, heights, color="#d5dbe3", linewidth=0)
        colour = "#333333" if name.startswith("all ") else "#1f5fa8"
        known = [row for row in rows if row["share_right_low"] is not None]
        # One line with gaps rather than many lines: a small file.
        gap = float("nan")
        at = [place for row in known for place in (row["mean_confidence"], row["mean_confidence"], gap)]
        reach = [end for row in known for end in (row["share_right_low"], row["share_right_high"], gap)]
        panel.plot(at, reach, color=colour, linewidth=0.9)
        enough = [row for row in rows if row["labels"] >= LEAST_LABELS]
        few = [row for row in rows if row["labels"] < LEAST_LABELS]
        # Points on the frame are shown whole.
        point = {"color": colour, "marker": "o", "markersize": 3.5, "clip_on": False, "in_layout": False}
        panel.plot(*points(enough), linewidth=1.2, **point)
        panel.plot(*points(few), linestyle="", markerfacecolor="white", markeredgewidth=0.8, **point)
        panel.set_title(f"{name}\n{labels:,} labels, error {f'{error:.2f}'.lstrip('0')}", fontsize=9)
        panel.set_xlim(0, 1)
        panel.set_ylim(0, 1)
        panel.set_xticks([0, 0.5, 1], ["0", ".5", "1"])
        panel.set_yticks([0, 0.5, 1], ["0", ".5", "1"])
    for panel in list(panels.flat)[len(collections_):]:
        panel.set_visible(False)
    sheet.supxlabel("confidence of the label", fontsize=9)
    sheet.supylabel("share that people gave too", fontsize=9)
    sheet.tight_layout()
    for path in paths:
        sheet.savefig(path, metadata={"Date": None, "Creator": None} if path.suffix == ".svg" else None, dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", nargs=3, action="append", required=True, metavar=("NAME", "OUT", "CODES"))
    parser.add_argument("--apart", nargs=3, action="append", default=[], metavar=("NAME", "OUT", "CODES"))
    parser.add_argument("--to", type=pathlib.Path, default=pathlib.Path(__file__).parent, help="folder to write to")
    parser.add_argument("--picture", type=pathlib.Path, help="write the figure as .png too, to look at")
    args = parser.parse_args()

    found, apart = {}, [name for name, _, _ in args.apart]
    for name, out, codes in args.run + args.apart:
        coded = held_against(pathlib.Path(out), human_codes(pathlib.Path(codes)))
        if any(coded.labels.values()):
            found[name] = [coded]
        else:
            print(f"{name}: no label stands where people coded")
    if not found:
        raise SystemExit("nothing to hold against each other: do transcript_id, turn_index and the themes' names agree?")
    together = [one for name, [one] in found.items() if name not in apart]
    if len(together) > 1:
        found["all but " + " and ".join(apart) if apart else "all together"] = together
    figures = {name: told(name, coded) for name, coded in found.items()}
    bins = {name: bins_of(name, coded) for name, coded in found.items()}

    with open(args.to / "reliability.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        rows = [row for rows in bins.values() for row in rows]
        writer.writerow(rows[0])
        for row in rows:
            writer.writerow(round(value, 4) if isinstance(value, float) else value for value in row.values())
    figure(bins, figures, [args.to / "reliability.svg"] + ([args.picture] if args.picture else []))


if __name__ == "__main__":
    main()
