import polars
import pytest

import emic

TEXTS = ["I have sixty families and one morning a week.", "We eat together on Fridays.", ""] * 20


def test_each_text_has_its_themes_by_rank(encoder, codebook):
    labels = emic.label(TEXTS, codebook, encoder=encoder)
    assert labels.schema == {
        "text": polars.UInt32,
        "theme": polars.String,
        "score": polars.Float32,
        "confidence": polars.Float32,
        "rank": polars.UInt32,
    }
    assert labels.height > 0 and set(labels["theme"]) <= set(codebook)
    assert labels.filter(polars.col("text") % 3 == 2).height == 0
    assert labels.equals(emic.label(TEXTS, codebook, encoder=encoder, threads=1))


@pytest.mark.parametrize(
    "written",
    [
        [{"name": "workload", "definition": "Too many cases."}, {"name": "colleagues", "definition": "People at work."}],
        polars.DataFrame({"name": ["workload", "colleagues"], "definition": ["Too many cases.", "People at work."]}),
        {"workload": "Too many cases.", "colleagues": "People at work."},
    ],
)
def test_codebooks_in_any_form_are_the_same(encoder, written, tmp_path):
    file = tmp_path / "codes.csv"
    file.write_text("Code;Memo\nworkload;Too many cases.\ncolleagues;People at work.\n")
    assert emic.label(TEXTS, written, encoder=encoder).equals(emic.label(TEXTS, file, encoder=encoder))


def test_a_slip_in_a_codebook_is_named(encoder):
    with pytest.raises(emic.EmicError) as caught:
        emic.label(TEXTS, [{"name": "workload", "defintion": "Too many cases."}], encoder=encoder)
    assert caught.value.hint == "did you mean `definition`?"
    with pytest.raises(emic.EmicError, match="stands twice"):
        emic.label(TEXTS, ["Work", "work"], encoder=encoder)
    with pytest.raises(emic.EmicError, match="no themes"):
        emic.label(TEXTS, [], encoder=encoder)


def test_a_thousand_texts_with_ten_themes_take_three_seconds(here):
    import time

    themes = ["workload", "colleagues", "money", "housing", "health", "travel", "school", "children", "language", "trust"]
    texts = [
        f"In week {n} I had {n % 70} families, and {themes[n % 10]} was what they spoke of most, more than of {themes[n % 7]}."
        for n in range(1000)
    ]
    encoder = emic.Encoder()
    begun = time.perf_counter()
    labels = emic.label(texts, themes, encoder=encoder)
    took = time.perf_counter() - begun
    print(f"{labels.height} labels in {took:.2f} s")
    # On a machine with others at work: ten times what it takes on a quiet one.
    assert took < 30
