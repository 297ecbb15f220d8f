#!/usr/bin/env python3
"""Makes a study of any number of segments whose texts are nearly all different: sentences of collections of turns, repeated with some
of their words exchanged, in interviews of a hundred.

    python3 benches/many_segments.py --segments 10000000 --out DIR FILE.jsonl[.gz] ...

The study is cut by `turn`, a sentence each, and writes its tables as Parquet. The same arguments give the same study. For memory, not for
what is found. Needs Python 3.9.
"""

import argparse
import json
import pathlib
import random
import re

from scale_study import THEMES, turns

STUDY = """[corpus]
transcripts = ["transcripts/*.jsonl"]

[segment]
unit = "turn"
min_words = 3

[output]
formats = ["parquet"]
"""
EACH = 100
INTERVIEWS_IN_A_FILE = 1000
SENTENCES = 20000
EXCHANGED = 0.2


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--segments", type=int, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()

    sentences, said = [], []
    for path in given.files:
        of_file = 0
        for turn in turns(path):
            for sentence in re.split(r"(?<=[.?!])\s+", turn["text"]):
                words = sentence.split()
                if 4 <= len(words) <= 30 and of_file < SENTENCES:
                    sentences.append(words)
                    said.extend(words)
                    of_file += 1
            if of_file == SENTENCES:
                break
    chance = random.Random(1)
    (given.out / "transcripts").mkdir(parents=True, exist_ok=True)
    interviews = given.segments // EACH
    for first in range(0, interviews, INTERVIEWS_IN_A_FILE):
        with open(given.out / "transcripts" / f"{first:07}.jsonl", "w", encoding="utf-8") as to:
            for interview in range(first, min(interviews, first + INTERVIEWS_IN_A_FILE)):
                for index in range(EACH):
                    words = list(sentences[int(chance.random() * len(sentences))])
                    for _ in range(max(1, int(len(words) * EXCHANGED))):
                        words[int(chance.random() * len(words))] = said[int(chance.random() * len(said))]
                    turn = {"transcript_id": f"P{interview:07}", "turn_index": index,
                            "speaker": f"Speaker {interview}", "text": " ".join(words)}
                    to.write(json.dumps(turn, ensure_ascii=False) + "\n")
    (given.out / "study.toml").write_text(
        STUDY + "\n[themes]\ncodebook = \"codebook.toml\"\n", encoding="utf-8")
    (given.out / "codebook.toml").write_text(
        "".join(f"[[theme]]\nname = {json.dumps(name)}\ndefinition = {json.dumps(text)}\n\n" for name, text in THEMES.items()),
        encoding="utf-8")
    print(f"{interviews * EACH} segments in {interviews} interviews")


if __name__ == "__main__":
    main()
