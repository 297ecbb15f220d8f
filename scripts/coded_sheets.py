"""Fills in a coding sheet for checks: what a coder says follows from a function, so that every run says the same."""

import csv


def fill(sheet, filled, applies):
    """Writes the sheet `sheet` to `filled`, each of its four themes crossed where `applies(segment_id, theme)` is true."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    themes = names[names.index("none of these") - 4 : names.index("none of these")]
    for row in rows:
        for theme in themes:
            row[theme] = "x" if applies(row["segment_id"], theme) else ""
        row["none of these"] = "" if any(row[theme] for theme in themes) else "x"
    with filled.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
