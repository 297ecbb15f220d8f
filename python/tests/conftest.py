"""What the tests share: a tiny model with random weights, the real one where it is here, and the demo study.

They test the installed package, in a folder that holds nothing of the project but these tests; see scripts/check_wheel.py.
"""

import os
import pathlib
import shutil

import pytest

import emic
from emic import _emic

MODELS = os.environ.get("EMIC_TEST_MODELS", "")
DATA = os.environ.get("EMIC_TEST_DATA", "")


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model") / "random"
    _emic.write_random_model(str(folder))
    return folder


@pytest.fixture(scope="session")
def encoder(model):
    return emic.Encoder(str(model))


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working folder with the real model and the demo study, as somebody who has fetched them has it."""
    if not (pathlib.Path(MODELS) / "all-MiniLM-L6-v2").is_dir() or not DATA:
        pytest.skip("needs the model all-MiniLM-L6-v2 and the demo study: set EMIC_TEST_MODELS and EMIC_TEST_DATA")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models").symlink_to(MODELS)
    for folder in ("demo", "codebooks"):
        shutil.copytree(pathlib.Path(DATA) / folder, tmp_path / folder, ignore=shutil.ignore_patterns("out"))
    return tmp_path


@pytest.fixture
def turns():
    """Six interviews of two teams, a question and three answers each."""
    answers = [
        "I have sixty families and one morning a week for all of them.",
        "My colleagues are the best part of the work, we eat together.",
        "The forms take longer than the visits, every single week.",
    ]
    rows = []
    for number in range(6):
        who = f"P{number + 1:02}"
        team = "north" if number < 3 else "south"
        rows.append({"transcript_id": who, "speaker": "Interviewer", "text": "What makes work hard?", "team": team})
        for answer in range(3):
            rows.append({"transcript_id": who, "speaker": who, "text": answers[(answer + number) % 3], "team": team})
    return rows


@pytest.fixture
def codebook():
    return {"workload": "Too many cases and too little time.", "colleagues": "People at work who help."}
