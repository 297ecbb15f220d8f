#!/usr/bin/env python3
"""Says which folders of the source import which, and fails where an import goes against the order of the data.

    python3 scripts/check_arrows.py               check; CI runs this
    python3 scripts/check_arrows.py --draw        the drawing in ARCHITECTURE.md: every folder with what it imports

The order is in docs/arrows.toml: folders of src/ from the first to the last, crates likewise; a folder may import those before it. Doors
come last: crates that give the whole to other languages.
Tests may import anything.
"""

import argparse
import collections
import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent.parent
ORDER = HERE / "docs" / "arrows.toml"


def source_of(path):
    """The text of a file without comments and without its tests."""
    text = path.read_text(encoding="utf-8")
    text = re.split(r"^#\[cfg\(test\)\]\n(?:#\[[^\n]*\n)*mod tests \{", text, maxsplit=1, flags=re.MULTILINE)[0]
    text = re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)
    return re.sub(r"#\[cfg\(test\)\]\s*(?:pub(?:\([^)]*\))? )?(?:use|mod) [^;]*;", "", text)


def is_test(path):
    return "tests" in path.parts or path.stem in ("tests", "fixture", "planted", "simulated")


def imports_of(text, names):
    """Names among `names` that a text imports from `crate::`, or as crates."""
    found = set(re.findall(r"\bcrate::(\w+)", text))
    for group in re.findall(r"\bcrate::\{([^;]*)\}", text):
        # First names of a group: outside of inner braces.
        flat = group
        while "{" in flat:
            flat = re.sub(r"\{[^{}]*\}", "", flat)
        found |= {name.split("::")[0].split(" as ")[0].strip() for name in flat.split(",")}
    return found & names


def arrows(order):
    """For each folder of src/ and each crate: what it imports, with one file that does."""
    folders, crates = order["folders"], order["crates"]
    found = collections.defaultdict(dict)
    for path in sorted((HERE / "src").rglob("*.rs")):
        folder = path.relative_to(HERE / "src").parts[0].removesuffix(".rs")
        if is_test(path.relative_to(HERE)) or folder in ("lib", "main"):
            continue
        text = source_of(path)
        for name in imports_of(text, set(folders)) - {folder}:
            found[folder].setdefault(name, path.relative_to(HERE))
        for name in crates:
            if re.search(rf"\b{name.replace('-', '_')}::", text):
                found[folder].setdefault(name, path.relative_to(HERE))
    for crate in crates + order["doors"]:
        for path in sorted((HERE / "crates" / crate / "src").rglob("*.rs")):
            if is_test(path.relative_to(HERE / "crates" / crate)):
                continue
            text = source_of(path)
            # Of the program itself a door uses folders: `emic::study::Study`.
            for name in folders if crate in order["doors"] else ():
                if re.search(rf"\bemic::{name}\b", text):
                    found[crate].setdefault(name, path.relative_to(HERE))
            for name in [*crates, *(() if crate in order["doors"] else ("emic",))]:
                if name != crate and re.search(rf"\b{name.replace('-', '_')}::", text):
                    found[crate].setdefault(name, path.relative_to(HERE))
    return found


def drawn(everything, found):
    """A line for each folder with what it imports."""
    width = max(map(len, everything))
    lines = []
    for folder in everything:
        lines.append(f"{folder:<{width}} <- {', '.join(name for name in everything if name in found[folder]) or '(nothing)'}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--draw", action="store_true")
    given = parser.parse_args()
    order = tomllib.loads(ORDER.read_text(encoding="utf-8"))
    everything = order["crates"] + order["folders"] + order["doors"]
    found = arrows(order)
    on_disk = {path.name.removesuffix(".rs") for path in (HERE / "src").iterdir()} - {"lib", "main"}
    on_disk |= {path.name for path in (HERE / "crates").iterdir() if path.is_dir()}
    faults = [f"{name} is in no place of {ORDER.name}" for name in sorted(on_disk ^ set(everything))]
    allowed = {tuple(arrow) for arrow in order.get("allowed", [])}
    for folder in everything:
        for name, path in sorted(found[folder].items()):
            back = name not in everything or everything.index(name) > everything.index(folder)
            if back and (folder, name) not in allowed:
                faults.append(f"{folder} imports {name}, which comes after it: {path}")
            if not back and (folder, name) in allowed:
                faults.append(f"{folder} may import {name} anyway: take it off the list of allowed ones")
    drawing = drawn(everything, found)
    if given.draw:
        print(drawing)
    elif drawing not in (HERE / "ARCHITECTURE.md").read_text(encoding="utf-8"):
        faults.append("the drawing in ARCHITECTURE.md is out of date: put there what `scripts/check_arrows.py --draw` prints")
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
