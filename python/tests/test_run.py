import pandas
import polars
import pyarrow
import pytest

import emic


@pytest.fixture
def run(turns, codebook, encoder, model):
    return emic.Study(turns, codebook, interviewers="Interviewer", groups="team", emergent=False, model=str(model)).run(encoder=encoder)


def test_a_study_in_memory(run):
    assert run.out is None and "18 segments" in repr(run)
    assert run.themes["theme"].to_list() == ["workload", "colleagues"]
    assert run.tables["turns"]["role"].to_list()[:2] == ["interviewer", "participant"]
    assert set(run.tables["prevalence"]["group"]) == {"(all)", "north", "south"}
    assert set(run.tables["contrasts"]["measure"]) == {"share_segments", "share_transcripts"}
    with pytest.raises(KeyError, match="there is no table 'prevalences'"):
        run.tables["prevalences"]
    for name in run.tables:
        assert run.tables[name].height >= 0


@pytest.mark.parametrize("kind", [polars.DataFrame, pandas.DataFrame, pyarrow.Table.from_pylist])
def test_turns_in_tables_of_other_libraries(run, kind, turns, codebook, encoder, model):
    again = emic.Study(kind(turns), codebook, interviewers="Interviewer", groups=["team"], emergent=False, model=str(model)).run(
        encoder=encoder
    )
    for name in run.tables:
        assert again.tables[name].equals(run.tables[name]), name


def test_tables_go_to_other_libraries(run):
    from emic import _emic

    frame = _emic.Run.table  # tables come as Arrow streams
    assert callable(frame)
    segments = run.tables["segments"]
    assert pyarrow.table(segments).num_rows == pandas.DataFrame(segments.to_dict(as_series=False)).shape[0] == 18
    assert run.tables["embeddings"]["embedding"].dtype == polars.Array(polars.Float32, 384) or run.tables["embeddings"].height == 18


def test_quotes_of_a_theme_and_a_group(run):
    quotes = run.quotes("work", group="north")
    assert set(quotes["theme"]) <= {"workload"} and set(quotes["transcript_id"]) <= {"P01", "P02", "P03"}
    assert run.quotes("workload", group={"team": "north"}).equals(quotes)
    for wrong in ({"theme": "housing"}, {"group": "west"}, {"group": {"country": "Chile"}}, {"kind": "typical"}):
        with pytest.raises(emic.EmicError) as caught:
            run.quotes(**wrong)
        assert caught.value.hint


def test_the_page_is_shown_in_a_frame(run, tmp_path):
    report = run.report()
    shown = report._repr_html_()
    assert shown.startswith("<iframe sandbox=") and "allow-same-origin" not in shown
    assert report.save(tmp_path / "page.html").read_text("utf-8") == report.html
    assert report.html.startswith("<!doctype html>") or report.html.lower().startswith("<!doctype")


def test_a_run_in_a_folder_is_opened_again(turns, codebook, encoder, model, tmp_path):
    study = emic.Study(turns, codebook, out=tmp_path / "out", interviewers="Interviewer", groups="team", emergent=False, model=str(model))
    run = study.run(encoder=encoder)
    again = emic.open(tmp_path / "out")
    assert again.report().html == run.report().html
    for name in run.tables:
        assert again.tables[name].equals(run.tables[name]), name
    with pytest.raises(emic.EmicError, match="opened from its folder"):
        again.review([])
    with pytest.raises(emic.EmicError, match="no finished run"):
        emic.open(tmp_path)


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        ({"interviewer": "I"}, "did you mean `interviewers`?"),
        ({"groups": ["team", "team"]}, ""),
        ({"min_words": -1}, ""),
        ({"unit": "turns"}, "did you mean `turn`?"),
        ({"emergent": -1}, None),
        ({"participants": "people.csv"}, "leave it out, or give paths"),
    ],
)
def test_what_a_study_file_may_not_say_python_may_not_say(turns, codebook, settings, hint):
    with pytest.raises(emic.EmicError) as caught:
        emic.Study(turns, codebook, **settings)
    assert hint is None or caught.value.hint == hint or (hint == "" and ".toml" not in str(caught.value))


def test_an_interview_is_in_one_group(turns, codebook):
    turns[-1]["team"] = "east"
    with pytest.raises(emic.EmicError, match="two values of `team`"):
        emic.Study(turns, codebook)
    with pytest.raises(emic.EmicError, match="no column `text`"):
        emic.Study([{"transcript_id": "P01", "words": "Hm."}], codebook)


def test_files_that_cannot_be_read_are_told(tmp_path, codebook, model):
    (tmp_path / "P01.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    study = emic.Study(tmp_path, codebook, model=str(model))
    with pytest.raises(emic.EmicError, match=r"no transcript could be read:?\n.*P01.txt"):
        study.run()


def test_the_demo_study(here):
    run = emic.run("demo/study.toml", out="out")
    assert run.themes.height >= 6 and run.out.name == "out"
    assert run.quotes(group="Ostrany").height > 0
    assert (run.out / "tables" / "prevalence.xlsx").is_file()
    reading = emic.read("demo/transcripts", participants="demo/participants.csv", groups=["country"])
    assert reading.transcripts.height == run.tables["transcripts"].height == 24
    in_python = emic.Study(
        reading.turns.join(reading.transcripts.select("transcript_id", "country"), on="transcript_id"), "codebooks/barriers.toml"
    )
    assert in_python.themes == run.themes.filter(polars.col("kind") == "seed")["theme"].to_list()
