"""The scripts for Spark and Ray, on two local workers: the bytes of one process."""

import os
import pathlib
import subprocess
import sys

import polars
import pytest

import emic

DOCS = os.environ.get("EMIC_TEST_DOCS", "")


@pytest.fixture
def answers(tmp_path):
    subjects = ["sixty families and one morning", "eating with colleagues on Fridays", "forms that take longer than visits"]
    texts = [f"In week {n} it was about {subjects[n % 3]}, more than in week {n // 2}." for n in range(600)]
    frame = polars.DataFrame({"id": [f"A{n:04}" for n in range(600)], "question": [f"Q{n % 2}" for n in range(600)], "text": texts})
    (tmp_path / "answers").mkdir()
    for part in range(4):
        frame.gather_every(4, part).write_parquet(tmp_path / "answers" / f"{part}.parquet")
    return frame


def ran(script, tmp_path, model, **more):
    if not DOCS:
        pytest.skip("needs the scripts: set EMIC_TEST_DOCS to the folder docs")
    command = [sys.executable, str(pathlib.Path(DOCS) / script), "answers", "out", "--model", str(model)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=600, env={**os.environ, **more})
    assert done.returncode == 0, done.stderr[-4000:]


def check(tmp_path, answers, encoder):
    out = tmp_path / "out"
    vectors = polars.read_parquet(out / "vectors" / "*.parquet").sort("id")
    assert vectors["id"].equals(answers["id"])
    assert vectors["vector"].explode().to_numpy().tobytes() == encoder.encode(answers["text"]).tobytes()
    codebook = {
        "workload": "Too many cases and too little time.",
        "colleagues": "People at work who help, or who are missing.",
        "paperwork": "Forms and documentation instead of people.",
    }
    expected = []
    for (_,), group in answers.group_by("question", maintain_order=True):
        labels = emic.label(group["text"], codebook, encoder=encoder)
        expected.append(labels.with_columns(id=group["id"].gather(labels["text"])).drop("text"))
    expected = polars.concat(expected).sort("id", "rank")
    labels = polars.read_parquet(out / "labels" / "*.parquet").sort("id", "rank")
    for column in ("id", "theme", "score", "confidence"):
        assert labels[column].to_list() == expected[column].to_list(), column


def test_spark_gives_the_same_bytes(tmp_path, answers, model, encoder):
    pytest.importorskip("pyspark")
    ran("spark/embed_and_label.py", tmp_path, model, PYSPARK_SUBMIT_ARGS="--master local[2] pyspark-shell", PYSPARK_PYTHON=sys.executable)
    check(tmp_path, answers, encoder)


def test_ray_gives_the_same_bytes(tmp_path, answers, model, encoder):
    pytest.importorskip("ray")
    ran("ray/embed_and_label.py", tmp_path, model, RAY_USAGE_STATS_ENABLED="0")
    check(tmp_path, answers, encoder)
