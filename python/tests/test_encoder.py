import pickle
import sys

import numpy
import pandas
import polars
import pyarrow
import pytest

import emic

TEXTS = ["I have sixty families.", "We eat together on Fridays.", "", "I have sixty families."]


def test_a_text_has_the_same_bits_in_any_list_and_on_any_number_of_threads(encoder, model):
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == numpy.float32 and vectors.shape == (4, encoder.dimension)
    assert vectors.flags.c_contiguous and vectors.flags.writeable
    for index, text in enumerate(TEXTS):
        assert encoder.encode([text]).tobytes() == vectors[index].tobytes()
    assert emic.Encoder(str(model), threads=1).encode(TEXTS).tobytes() == vectors.tobytes()


@pytest.mark.parametrize("column", [polars.Series, pandas.Series, pyarrow.array, tuple, numpy.array])
def test_columns_of_other_libraries_are_texts(encoder, column):
    assert encoder.encode(column(TEXTS)).tobytes() == encoder.encode(TEXTS).tobytes()


@pytest.mark.parametrize("missing", [None, float("nan"), 3])
def test_missing_texts_are_refused(encoder, missing):
    with pytest.raises(emic.EmicError, match=r"text 1 .counted from 0. is") as caught:
        encoder.encode(["a", missing])
    assert caught.value.hint


def test_one_string_is_not_a_list(encoder):
    with pytest.raises(emic.EmicError, match="where a list"):
        encoder.encode("Sixty families.")


def test_a_model_that_is_not_here_says_how_to_fetch_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(emic.EmicError) as caught:
        emic.Encoder()
    assert caught.value.hint == 'fetch it once with `emic.models.fetch("all-MiniLM-L6-v2")`'
    with pytest.raises(emic.EmicError, match="there is no model unheard-of"):
        emic.Encoder("unheard-of")
    with pytest.raises(emic.EmicError, match="precision"):
        emic.Encoder(precision="int4")


def test_it_is_pickled_by_its_arguments(encoder):
    again = pickle.loads(pickle.dumps(encoder))
    assert again.get_params() == encoder.get_params()
    assert again.encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()


def test_it_is_a_step_of_a_pipeline(encoder):
    from sklearn.base import clone
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    texts, answers = TEXTS * 4, [0, 1, 1, 0] * 4
    pipeline = make_pipeline(encoder, LogisticRegression()).fit(texts, answers)
    assert pipeline.score(texts, answers) > 0.7
    assert clone(encoder).encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()
    assert pipeline[:-1].get_feature_names_out()[0] == "emic0"
    assert clone(pipeline).set_params(encoder__precision="f32").named_steps["encoder"].arithmetic.startswith("native f32")


@pytest.mark.skipif(sys.platform != "linux", reason="only there do Spark and others fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_it_works_in_a_process_that_was_forked(encoder):
    import multiprocessing

    before = encoder.encode(TEXTS)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(encoder.encode, (TEXTS,)).tobytes() == before.tobytes()
