import sys

import emic
from emic.progress import _Bars, _Lines


def test_lines_say_every_tenth(capsys):
    lines = _Lines(0.0)
    for done in range(0, 101, 5):
        lines.tell("embedding segments", done, 100)
    lines.close()
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "embedding segments (100)" and said[1] == "embedding segments (10 of 100)" and len(said) == 10


def test_bars_of_tqdm_end_full(capsys):
    bars = _Bars(0.0)
    bars.tell("embedding segments", 3, 10)
    bars.tell("labelling themes", 0, 1)
    bars.close()
    said = capsys.readouterr().err
    assert "embedding segments: 100%" in said and "labelling themes: 100%" in said


def test_nothing_is_said_unless_somebody_looks(encoder, capsys):
    encoder.encode(["Sixty families."])
    encoder.encode(["Sixty families."], progress=True)
    assert capsys.readouterr().err == ""


def test_what_progress_raises_ends_the_call(encoder):
    class Broken(Exception):
        pass

    def told(words, done, of):
        raise Broken

    texts = [f"In week {n} we had {n} families." for n in range(200_000)]
    try:
        encoder._encoder.encode(texts, False, None, told)
    except Broken:
        return
    raise AssertionError("the call ended in spite of it")


def test_without_tqdm_there_are_lines(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    assert emic.progress._has_tqdm() is False
