#!/usr/bin/env python3
"""Makes a study of a given size from collections of turns, with a codebook of ten themes of conversation.

    python3 benches/scale_study.py --turns 50000 --unit turn --out DIR FILE.jsonl[.gz] ...

A line of a file is a turn: `transcript_id`, `turn_index`, `speaker`, `text`. Whole interviews are taken, evenly over all files, until
there are `--turns` of them; without it, all. Needs Python 3.9.
"""

import argparse
import gzip
import itertools
import json
import pathlib

STUDY = """[corpus]
transcripts = ["transcripts.jsonl"]

[segment]
unit = "{unit}"

[themes]
codebook = "codebook.toml"
"""

THEMES = {
    "money": "How work is paid for: funding, sponsors, prices, salaries, what people can afford.",
    "family": "Parents, partners and children, and what they mean for the rest of a life.",
    "learning": "School, university, courses, teachers, and learning by doing.",
    "health": "Illness, stress, sleep, therapy and care.",
    "hiring and careers": "Finding work, being hired or dismissed, changing one's profession.",
    "working together": "Teams, meetings, conflict and trust among colleagues.",
    "tools breaking": "Software or machines that fail, errors, outages and repairs.",
    "privacy and security": "Personal data, passwords, attacks, surveillance.",
    "politics and law": "Governments, elections, rules and courts.",
    "burnout and workload": "Too much work, too few hours, exhaustion, giving up.",
}


def turns(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as lines:
        for line in lines:
            turn = json.loads(line)
            turn["transcript_id"] = f"{path.name.split('.')[0]}-{turn['transcript_id']}"
            yield turn


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--turns", type=int)
    parser.add_argument("--unit", default="turn")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()

    interviews = []
    for path in given.files:
        for _, group in itertools.groupby(turns(path), key=lambda turn: turn["transcript_id"]):
            interviews.append([{name: turn[name] for name in ("transcript_id", "turn_index", "speaker", "text")} for turn in group])
    # Every step-th interview first, so that a smaller study is made of the same talk.
    step = 97
    order = sorted(range(len(interviews)), key=lambda place: (place % step, place))
    given.out.mkdir(parents=True, exist_ok=True)
    written = 0
    with open(given.out / "transcripts.jsonl", "w", encoding="utf-8") as to:
        for place in order:
            if given.turns and written >= given.turns:
                break
            for turn in interviews[place]:
                to.write(json.dumps(turn, ensure_ascii=False) + "\n")
            written += len(interviews[place])
    (given.out / "study.toml").write_text(STUDY.format(unit=given.unit), encoding="utf-8")
    (given.out / "codebook.toml").write_text(
        "".join(f"[[theme]]\nname = {json.dumps(name)}\ndefinition = {json.dumps(text)}\n\n" for name, text in THEMES.items()),
        encoding="utf-8")
    print(f"{written} turns")


if __name__ == "__main__":
    main()
