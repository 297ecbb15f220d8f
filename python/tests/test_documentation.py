"""The blocks of docs/python.md, as they stand."""

import os
import pathlib
import re

import pytest

DOCS = os.environ.get("EMIC_TEST_DOCS", "")
BLOCKS = re.findall(r"```python\n(.*?)```", (pathlib.Path(DOCS) / "python.md").read_text("utf-8"), flags=re.S) if DOCS else []


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_blocks(here, number):
    block = BLOCKS[number]
    for name in ("bertopic", "sklearn"):
        if f"from {name}" in block:
            pytest.importorskip(name)
    exec(compile(block, f"block {number + 1} of python.md", "exec"), {})
