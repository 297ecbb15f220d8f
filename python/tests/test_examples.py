"""The examples in docstrings, as they stand, with the real model."""

import doctest
import importlib

import pytest

MODULES = ["codes", "encoder", "labels", "models", "reading", "refi", "runs", "studies"]


@pytest.mark.parametrize("name", MODULES)
def test_examples(here, name):
    module = importlib.import_module(f"emic.{name}")
    done = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert done.attempted > 0 and done.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_public_thing_has_an_example_or_is_shown_by_another(name):
    import emic

    for public in emic.__all__:
        if public != "__version__":
            assert getattr(emic, public).__doc__, public
