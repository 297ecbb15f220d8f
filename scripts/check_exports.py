#!/usr/bin/env python3
"""Holds exports against the schemas of REFI-QDA, with libxml2, the library behind `xmllint --schema`, and reads them with pyrefiqda.

    pip install lxml pyrefiqda
    python3 scripts/check_exports.py --emic target/debug/emic [--models models] [STUDY.toml ...]

Runs the demo and three studies that are made up here (from right to left; emoji, CRLF and combining marks; names and values that XML
has to escape) and any study that is named, exports each as project and as codebook, and says whether they are valid, whether every
reference leads somewhere, whether every position marks the text that its selection quotes, and whether anything is missing without
which other programs stop or hide what they were given. A second reader, pyrefiqda, which shares nothing with ours, finds the codings
again and the words that each is about. Needs the model all-MiniLM-L6-v2. With --files the exports named are checked, and nothing is run.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject

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
                if not (0 <= start < end <= len(text)) or not is_quote(selection.get("name"), text[start:end]):
                    faults.append(f"positions {start}-{end} do not mark what they quote")
        faults += missing_for_others(tree, names)
    return faults, selections


def is_quote(quote, marked):
    """Whether a selection's name is the text that it marks, or its beginning where the name was cut."""
    marked = " ".join(marked.split())
    marked = "".join(c if unicodedata.category(c) != "Cn" or c not in "\ufffe\uffff" else "\ufffd" for c in marked)
    return marked.startswith(quote[:-1].rstrip()) if quote.endswith("…") else marked == quote


def missing_for_others(tree, names):
    """What other programs need beyond the schema. QualCoder stops at a note without a date, takes only notes that have a file and that no
    source names, shows a place without a code as an empty remark, hides from sources what named cases have too, and knows one code, one
    source, one case and one note of a name."""
    faults = []
    for note in tree.iter(SPACE + "Note"):
        part = "sources/" + note.get("plainTextPath", "").removeprefix("internal://")
        faults += ["a note has no date"] * (note.get("creationDateTime") is None)
        faults += [f"the note's text {part} is missing"] * (part not in names)
    for source in tree.iter(SPACE + "TextSource"):
        faults += ["a source names a note"] * (source.find(SPACE + "NoteRef") is not None)
        faults += ["a text has another name than its source"] * (source.get("guid") not in source.get("plainTextPath"))
        for selection in source.iter(SPACE + "PlainTextSelection"):
            faults += ["a place is marked without a code"] * (selection.find(SPACE + "Coding") is None)
    values = {kind: {ref.get("targetGUID") for of in tree.iter(SPACE + kind) for ref in of.iter(SPACE + "VariableRef")} for kind in ("Case", "TextSource")}
    faults += ["sources and cases share a variable"] * bool(values["Case"] & values["TextSource"])
    for kind in ("Code", "TextSource", "Case", "Note", "Variable"):
        called = [node.get("name").lower() for node in tree.iter(SPACE + kind)]
        faults += [f"two of `{kind}` have one name"] * (len(called) != len(set(called)))
    colors = [code.get("color") for code in tree.iter(SPACE + "Code") if code.get("isCodable") == "true"]
    faults += ["codes share a colour or have none"] * (None in colors or len(colors) != len(set(colors)))
    return faults


def read_by_another(path, scratch):
    """What pyrefiqda makes of a project: faults, and the codings whose words are at their place."""
    faults, found = [], 0
    project = RefiProject.load(path, extract_dir=scratch)
    codes, below = set(), list(project.code_book.codes.code) if project.code_book else []
    while below:
        code = below.pop()
        codes.add(code.guid)
        below += code.code
    for source in project.sources.text_source:
        with open(RefiProject.resolve_source_path(source.plain_text_path, scratch), encoding="utf-8", newline="") as file:
            text = file.read()
        for selection in source.plain_text_selection:
            for coding in selection.coding:
                is_there = is_quote(selection.name, text[selection.start_position : selection.end_position])
                if is_there and coding.code_ref.target_guid in codes:
                    found += 1
                else:
                    faults.append(f"pyrefiqda finds no coding at {selection.start_position}-{selection.end_position} of {source.name}")
    return faults, found


def check_codebook(path):
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "Codebook.xsd"))
    if not schema.validate(etree.parse(path)):
        return [str(error) for error in schema.error_log]
    return [] if RefiCodebook.load(path).codes.code else ["pyrefiqda finds no code in the codebook"]


def check(name, project, codebook, scratch):
    """Checks a project and, where there is one, its codebook; says what was found and gives the number of faults."""
    faults, selections = check_project(project)
    faults += check_codebook(codebook) if codebook else []
    others, codings = read_by_another(project, scratch)
    faults += others
    said = "valid" if not faults else f"{len(faults)} faults"
    print(f"{name}: {selections} selections, {said}; pyrefiqda finds {codings} of {codings + len(others)} codings with their words")
    for fault in faults[:10]:
        print(f"  {fault}")
    return len(faults)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--emic", type=pathlib.Path)
    arguments.add_argument("--files", nargs="+", default=[], type=pathlib.Path, help="projects (.qdpx) that are there already")
    arguments.add_argument("--models", default=HERE / "models", type=pathlib.Path)
    arguments.add_argument("studies", nargs="*", type=pathlib.Path)
    given = arguments.parse_args()
    if not given.emic and not given.files:
        arguments.error("name the program with --emic, or exports with --files")
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for place, path in enumerate(given.files):
            wrong += check(path.name, path, None, scratch / f"read-{place}")
        if not given.emic:
            sys.exit(1 if wrong else 0)
        emic = given.emic.resolve()
        studies = {"demo": HERE / "data/demo/study.toml"}
        studies |= {name: study(scratch / name, files) for name, files in STUDIES.items()}
        studies |= {path.parent.name: path.resolve() for path in given.studies}
        for name, path in studies.items():
            out = scratch / f"{name}-out"
            run(emic, "run", path, "--out", out, "--quiet", "--models", given.models.resolve())
            project, codebook = scratch / f"{name}.qdpx", scratch / f"{name}.qdc"
            run(emic, "export", out, "--to", project)
            run(emic, "export", out, "--to", codebook)
            wrong += check(name, project, codebook, scratch / f"{name}-read")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
