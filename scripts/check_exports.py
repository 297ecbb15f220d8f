#!/usr/bin/env python3
"""Holds exports against the schemas of REFI-QDA, with libxml2, the library behind `xmllint --schema`.

    pip install lxml
    python3 scripts/check_exports.py --emic target/debug/emic [--models models] [STUDY.toml ...]

Runs the demo and three studies that are made up here (from right to left; emoji, CRLF and combining marks; names and values that XML
has to escape) and any study that is named, exports each as project and as codebook, and says whether they are valid, whether every
reference leads somewhere, and whether every position marks the text that its selection quotes. Needs the model all-MiniLM-L6-v2.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

from lxml import etree

HERE = pathlib.Path(__file__).resolve().parent.parent
SCHEMAS = HERE / "tests/fixtures/exchange"
SPACE = "{urn:QDA-XML:project:1.0}"

CODEBOOK = """
[[theme]]
name = "workload"
definition = "Too few hours and too many cases."
parent = "barriers"
[[theme]]
name = "political <risk> & \\"fear\\""
definition = "Fear of the ministry."
include = "]]> or <b>"
"""

STUDIES = {
    "right-to-left": {
        "P01.txt": "מראיינת: מה מונע ממך עבודת מדיניות?\nרותי: יש לי שישים משפחות ובוקר אחד בשבוע, פשוט אין זמן לזה.\n"
        "מראיינת: ומה עוד?\nרותי: אנחנו פוחדים מהשר, ומי שמדבר משלם על זה במשרה שלו.\n",
        "P02.txt": "المحاورة: ما الذي يمنعك؟\nليلى: عندي ستون عائلة وصباح واحد في الأسبوع ولا وقت لدي.\n",
        "participants.csv": "transcript_id,ארץ,age\nP01,ישראל,034\nP02,مصر,41\n",
    },
    "odd-characters": {
        "P01.txt": "INT: \U0001F642 What keeps you?\r\nP01: \U0001F469\U0001F3FD\u200d\U0001F4BC I have sixty families \U0001F622 and cafe\u0301 meetings, there is no time.\r\n"
        "INT: And?\r\nP01: A\u0308rger, \u1E0D\u0323 and a line\u2028separator, non\u00A0breaking, \uFFFE no character, \u200Fmarks.\r\n",
        "P02.vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\n<v Anna>too many cases, too few hours, every week the same</v>\n",
        "participants.csv": "transcript_id,wave,share,day\nP01,1,0.5,2024-02-29\nP02,2,1.25,2024-03-01\n",
    },
    "escaped": {
        "P <1> & \"2\".txt": "INT: a < b && c > d?\nP: ]]> <script>alert('x')</script> &amp; &#0; too many cases and no hours for it.\n",
        "participants.csv": "transcript_id,\"a <b> & \"\"c\"\"\"\n\"P <1> & \"\"2\"\"\",\"<>&'\"\"\"\n",
    },
}


def study(folder, files):
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    (folder / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "study.toml").write_text(
        '[study]\ntitle = "A <study> & \\"more\\""\n[corpus]\ntranscripts = ["*.txt", "*.vtt"]\nparticipants = "participants.csv"\n'
        'interviewers = ["INT", "מראיינת", "المحاورة"]\n[themes]\ncodebook = "codebook.toml"\n[output]\nformats = ["parquet"]\n',
        encoding="utf-8",
    )
    return folder / "study.toml"


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode not in (0, 2):
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def check_project(path):
    """What is wrong with a project, and how many selections it has."""
    faults = []
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        tree = etree.fromstring(package.read("project.qde"))
        schema = etree.XMLSchema(etree.parse(SCHEMAS / "Project.xsd"))
        if not schema.validate(tree):
            faults += [str(error) for error in schema.error_log]
        guids = [node.get("guid").lower() for node in tree.iter() if node.get("guid")]
        faults += ["a guid stands twice"] * (len(guids) != len(set(guids)))
        known = set(guids)
        for node in tree.iter(etree.Element):
            for name in ("targetGUID", "creatingUser", "creatingUserGUID"):
                if node.get(name) and node.get(name).lower() not in known:
                    faults.append(f"{node.tag} refers to nothing")
        selections = 0
        for source in tree.iter(SPACE + "TextSource"):
            part = "sources/" + source.get("plainTextPath").removeprefix("internal://")
            if part not in names:
                faults.append(f"{part} is missing")
                continue
            raw = package.read(part)
            text = raw.decode("utf-8")
            faults += ["a byte order mark or CR"] * (text.startswith("\ufeff") or "\r" in text)
            for selection in source.iter(SPACE + "PlainTextSelection"):
                selections += 1
                start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
                marked = " ".join(text[start:end].split())
                quote = selection.get("name").removesuffix("…")
                possible = "".join(c if unicodedata.category(c) != "Cn" or c not in "\ufffe\uffff" else "\ufffd" for c in marked)
                if not (0 <= start < end <= len(text)) or not possible.startswith(quote.rstrip()):
                    faults.append(f"positions {start}-{end} do not mark what they quote")
    return faults, selections


def check_codebook(path):
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "Codebook.xsd"))
    return [] if schema.validate(etree.parse(path)) else [str(error) for error in schema.error_log]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--emic", required=True, type=pathlib.Path)
    arguments.add_argument("--models", default=HERE / "models", type=pathlib.Path)
    arguments.add_argument("studies", nargs="*", type=pathlib.Path)
    given = arguments.parse_args()
    emic = given.emic.resolve()
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        studies = {"demo": HERE / "data/demo/study.toml"}
        studies |= {name: study(scratch / name, files) for name, files in STUDIES.items()}
        studies |= {path.parent.name: path.resolve() for path in given.studies}
        for name, path in studies.items():
            out = scratch / f"{name}-out"
            run(emic, "run", path, "--out", out, "--quiet", "--models", given.models.resolve())
            project, codebook = scratch / f"{name}.qdpx", scratch / f"{name}.qdc"
            run(emic, "export", out, "--to", project)
            run(emic, "export", out, "--to", codebook)
            faults, selections = check_project(project)
            faults += check_codebook(codebook)
            print(f"{name}: {selections} selections, {'valid' if not faults else f'{len(faults)} faults'}")
            for fault in faults[:10]:
                print(f"  {fault}")
            wrong += len(faults)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
