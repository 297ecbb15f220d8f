import polars
import pytest

import emic

SOURCES = {"P01": "I have sixty families 👩🏽‍💼 and no time.", "P02": "We eat together.\nOn Fridays."}
CODINGS = [
    {"source": "P01", "start": 7, "end": 21, "code": "barriers / workload", "coder": "Ana"},
    {"source": "P01", "start": 7, "end": 21, "code": "barriers / workload", "coder": "Ben"},
    {"source": "P02", "start": 3, "end": 28, "code": "colleagues", "coder": None},
]


def test_a_project_comes_back_as_it_was_written(tmp_path):
    file = tmp_path / "project.qdpx"
    emic.refi.write(file, SOURCES, CODINGS, [{"code": "barriers / workload", "description": "Too many cases."}], name="Two interviews")
    project = emic.refi.read(file)
    assert project.name == "Two interviews"
    assert dict(project.sources.rows()) == SOURCES
    assert project.codes["code"].to_list() == ["barriers", "barriers / workload", "colleagues"]
    assert project.codes["description"].to_list()[1] == "Too many cases."
    assert project.codings.select("source", "start", "end", "code", "coder").to_dicts() == CODINGS
    assert project.codings["text"].to_list() == ["sixty families", "sixty families", "eat together.\nOn Fridays."[:25]]
    assert set(project.problems["severity"]) <= {"note"}
    again = tmp_path / "again.qdpx"
    emic.refi.write(again, project.sources, project.codings, project.codes, name=project.name)
    assert again.read_bytes() == file.read_bytes()


def test_what_is_not_there_is_refused(tmp_path):
    for codings, message in [
        ([{**CODINGS[0], "source": "P09"}], "no source `P09`"),
        ([{**CODINGS[0], "end": 999}], "no characters 7 to 999"),
        ([{**CODINGS[0], "start": None}], "not complete"),
    ]:
        with pytest.raises(emic.EmicError, match=message):
            emic.refi.write(tmp_path / "project.qdpx", SOURCES, polars.DataFrame(codings, infer_schema_length=None))
    (tmp_path / "no.qdpx").write_bytes(b"PK")
    with pytest.raises(emic.EmicError, match="not a REFI-QDA project"):
        emic.refi.read(tmp_path / "no.qdpx")
