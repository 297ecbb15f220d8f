import polars
import pytest

import emic


@pytest.fixture
def run(turns, codebook, encoder, model, tmp_path):
    return emic.Study(
        turns, codebook, out=tmp_path / "out", interviewers="Interviewer", groups="team", emergent=False, model=str(model)
    ).run(encoder=encoder)


def coded(sheet):
    """A sheet that somebody filled in: about families is workload, about eating together is colleagues."""
    said = {"workload": sheet["text"].str.contains("families"), "colleagues": sheet["text"].str.contains("eat")}
    return sheet.with_columns([applies.cast(polars.Int8).cast(polars.String).alias(theme) for theme, applies in said.items()])


def test_codes_go_out_and_come_back(run):
    sample = run.sample(12, coders=["Ana", "Ben"])
    assert repr(sample) == "Sample(1: 12 of 18 segments, for Ana, Ben)"
    assert all(file.is_file() for file in sample.files.values())
    again = run.review({coder: coded(sheet) for coder, sheet in sample.sheets.items()})
    agreed = again.tables["agreement"].filter((polars.col("rater_a") == "Ana") & (polars.col("rater_b") == "Ben"))
    assert agreed["percent"].to_list()[0] == 1.0
    corrected = again.tables["corrected_prevalence"].filter((polars.col("theme") == "workload") & (polars.col("group") == "(all)"))
    assert abs(corrected["share_corrected"][0] - 1 / 3) < 0.25
    assert not list(run.out.glob("**/.codes-*"))


def test_files_come_back_too(run):
    sample = run.sample(12)
    ((coder, sheet),) = sample.sheets.items()
    file = sample.files[coder].with_name("back.csv")
    coded(sheet).write_csv(file)
    assert run.review(file, coder="Ana").tables["corrected_prevalence"].height > 0


def test_what_cannot_be_used_is_in_the_problems(run):
    sheet = coded(next(iter(run.sample(12, coders="Ana").sheets.values())))
    broken = sheet.with_columns(
        polars.when(polars.int_range(polars.len()) == 0).then(polars.lit("perhaps")).otherwise(polars.col("workload")).alias("workload")
    )
    problems = run.review({"Ana": broken}).problems
    assert problems.filter(polars.col("message").str.contains("perhaps")).height > 0, problems.to_dicts()


def test_without_a_folder_there_is_nothing_to_review(turns, codebook, encoder, model):
    run = emic.Study(turns, codebook, interviewers="Interviewer", emergent=False, model=str(model)).run(encoder=encoder)
    with pytest.raises(emic.EmicError, match="output folder"):
        run.sample()


def test_what_cannot_be_drawn_says_so_in_words_of_python(run):
    with pytest.raises(emic.EmicError) as caught:
        run.sample(coders=["Ana", "ana"])
    assert "coders=" in caught.value.hint
    with pytest.raises(emic.EmicError) as caught:
        run.review({"Ana": [{"segment_id": "P01:1"}]})
    assert "run.sample()" in caught.value.hint
