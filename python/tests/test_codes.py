import warnings

import pandas
import polars
import pytest

import emic


@pytest.fixture
def labels():
    """Eight interviews of two teams with ten segments each; the program overlooks a third of what is there."""
    rows = []
    for interview in range(8):
        for segment in range(10):
            there = segment < (6 if interview < 4 else 2)
            found = there and segment % 3 != 0
            rows.append(
                {
                    "segment_id": f"P{interview}:{segment}",
                    "transcript_id": f"P{interview}",
                    "team": "north" if interview < 4 else "south",
                    "theme": "workload",
                    "applies": found,
                    "confidence": 0.8 if found else 0.2,
                    "truth": there,
                }
            )
    return polars.DataFrame(rows)


def test_prevalence_and_contrasts(labels):
    shares = emic.prevalence(labels, by="team")
    assert shares["group"].to_list() == ["(all)", "north", "south"]
    assert shares["segments"].to_list() == [20, 16, 4]
    assert shares.equals(emic.prevalence(labels.to_pandas(), by=["team"]))
    difference = emic.contrasts(labels, by="team").filter(polars.col("measure") == "share_segments")
    assert difference["difference"][0] == pytest.approx(0.3)
    # Without a row for what does not apply, the segment itself needs one.
    tidy = labels.with_columns(polars.when("applies").then("theme").alias("theme")).drop("applies")
    assert emic.prevalence(tidy, by="team").select("segments", "share_segments").equals(shares.select("segments", "share_segments"))


def test_corrected_shares(labels):
    sample = labels.filter(polars.col("transcript_id").is_in(["P0", "P2", "P4", "P6"])).select("segment_id", "theme", applies="truth")
    shares = emic.corrected(labels, sample, by="team")
    assert shares["share_machine"].to_list() == pytest.approx([0.25, 0.4, 0.1])
    assert shares["share_corrected"].to_list() == pytest.approx([0.4, 0.6, 0.2], abs=0.05)
    difference = emic.corrected_contrasts(labels, sample, by="team")
    assert difference["corrected"][0] == pytest.approx(0.4, abs=0.1) if "corrected" in difference.columns else difference.height == 1
    # A theme that the program never gave is corrected too.
    other = sample.with_columns(theme=polars.lit("housing"))
    assert emic.corrected(labels, other)["share_machine"].to_list() == [0.0]


def test_agreement(labels):
    said = [
        labels.select("segment_id", "transcript_id", "theme", "applies", coder=polars.lit("machine")),
        labels.select("segment_id", "transcript_id", "theme", applies="truth", coder=polars.lit("Ana")),
    ]
    found = emic.agreement(polars.concat(said))
    assert found["rater_a"].to_list() == ["Ana", "Ana"] and found["rater_b"][0] == "machine"
    assert found["percent"][0] == pytest.approx(68 / 80)


def test_what_is_doubtful_is_a_warning(labels):
    alone = labels.with_columns(team=polars.when(polars.col("transcript_id") == "P0").then(polars.lit("east")).otherwise("team"))
    with pytest.warns(emic.EmicWarning, match="one interview alone: `east`"):
        emic.prevalence(alone, by="team")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        emic.prevalence(labels, by="team")


def test_what_contradicts_itself_is_refused(labels):
    first = labels.head(1)
    both = polars.concat([first, first.with_columns(applies=~polars.col("applies"))])
    for call, message in [
        (lambda: emic.prevalence(both), "both applies and does not apply"),
        (lambda: emic.prevalence(labels, by="country"), "no column `country`"),
        (lambda: emic.prevalence(labels.with_columns(confidence=2.0)), "not between 0 and 1"),
        (lambda: emic.corrected(labels, labels.with_columns(segment_id=polars.lit("X:1"))), "not among the labels"),
        (lambda: emic.corrected(labels, labels, question="all interviews"), "no such question"),
        (lambda: emic.prevalence(labels.with_columns(applies=polars.lit("perhaps"))), "cannot be understood"),
        (lambda: emic.prevalence(pandas.DataFrame({"segment_id": [None], "transcript_id": ["P1"], "theme": ["a"]})), "has no `segment_id`"),
        (lambda: emic.prevalence(7), "is no table"),
    ]:
        with pytest.raises(emic.EmicError, match=message):
            call()
