"""Are differences between languages found, and only where they are? The figures of methods.md, "Languages".

The file has the same sentences in several languages, so that each theme is equally frequent in all of them (JSON lines: transcript_id,
text, labels, group, parallel_id). For each draw, two thirds of the sentences of two themes are left out in three languages, and as many
others are left out elsewhere at random. Printed are the largest false gap without that, and the mean true and found differences of the two
themes with it. "found, as scores allow" divides by what labels show of a difference: their share of right minus their share of wrong sentences.

    python3 docs/languages.py --emic target/release/emic --data sib200.jsonl --model multilingual-e5-small --folder /tmp/languages

Needs: pip install polars numpy
"""
import argparse
import json
import pathlib
import subprocess

import numpy as np
import polars as pl


def run(arguments, rows, themes):
    folder = pathlib.Path(arguments.folder)
    folder.mkdir(parents=True, exist_ok=True)
    keys = ("transcript_id", "turn_index", "speaker", "text", "group")
    lines = [json.dumps({key: row[key] for key in keys if key in row}, ensure_ascii=False) for row in rows]
    (folder / "transcripts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "codebook.toml").write_text("".join(f"[[theme]]\nname = {json.dumps(theme)}\n" for theme in themes))
    (folder / "study.toml").write_text(
        '[study]\ntitle = "languages"\nseed = 7\n[corpus]\ntranscripts = ["transcripts.jsonl"]\ngroups = ["group"]\n'
        f'[embed]\nmodel = "{arguments.model}"\n[themes]\ncodebook = "codebook.toml"\nemergent = false\n'
        '[output]\ndirectory = "out"\nformats = ["parquet"]\n')
    subprocess.run([arguments.emic, "run", str(folder / "study.toml"), "--quiet"], check=True)
    table = lambda name: pl.read_parquet(folder / "out/tables" / f"{name}.parquet")
    labels = table("labels").join(table("segments").select("segment_id", "transcript_id"), on="segment_id")
    given = set(labels.select("transcript_id", "theme").iter_rows())
    return np.array([[(row["transcript_id"], theme) in given for theme in themes] for row in rows])


def by_group(rows, groups, values):
    return np.array([values[[row["group"] == group for row in rows]].mean(0) for group in groups])


def main():
    parser = argparse.ArgumentParser()
    for name in ("emic", "data", "folder"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--model", default="multilingual-e5-small")
    parser.add_argument("--draws", type=int, default=4)
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in open(arguments.data, encoding="utf-8")]
    themes = sorted({theme for row in rows for theme in row["labels"]})
    groups = sorted({row["group"] for row in rows})
    truth = lambda rows: np.array([[theme in row["labels"] for theme in themes] for row in rows])
    labels, coded = run(arguments, rows, themes), truth(rows)
    gaps = np.ptp(by_group(rows, groups, labels), axis=0)
    shown = labels[coded].mean() - labels[~coded].mean()
    print(f"the same content: largest false gap {gaps.max():.3f}, mean {gaps.mean():.3f}; labels show {shown:.2f} of a difference", flush=True)
    found = []
    for draw in range(arguments.draws):
        random = np.random.default_rng(draw)
        fewer = set(random.choice(groups, 3, replace=False))
        rare = set(random.choice(themes, 2, replace=False))
        kept = {group: [row for row in rows if row["group"] == group] for group in groups}
        for group in fewer:
            kept[group] = [row for row in kept[group] if not rare & set(row["labels"]) or random.random() > 2 / 3]
        least = min(map(len, kept.values()))
        some = [rows_of[i] for rows_of in kept.values() for i in sorted(random.choice(len(rows_of), least, replace=False))]
        of = [themes.index(theme) for theme in sorted(rare)]
        less = np.array([group in fewer for group in groups])
        difference = lambda values: (lambda shares: shares[~less].mean(0) - shares[less].mean(0))(by_group(some, groups, values))[of].mean()
        found.append((difference(truth(some)), difference(run(arguments, some, themes))))
    true, seen = np.mean(found, axis=0)
    print(f"two themes rarer in three languages: true difference {true:.3f}, found {seen:.3f}, found, as scores allow {seen / shown:.3f}")


if __name__ == "__main__":
    main()
