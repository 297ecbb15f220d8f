"""Codebooks: a list of names or dicts, a table, or a file in any form that the program reads."""

from __future__ import annotations

import difflib
import json
import os
from typing import Any

from .errors import error

LISTS = ("examples", "keywords")
FIELDS = ("name", "definition", "include", "exclude", *LISTS, "parent")


def is_file(codebook: Any) -> bool:
    """Say whether the codebook is the path of a file."""
    return isinstance(codebook, (str, os.PathLike))


def as_json(codebook: Any) -> str:
    """Give the themes as JSON, each with all its fields."""
    return json.dumps([_theme(theme, number) for number, theme in enumerate(_listed(codebook), 1)])


def _listed(codebook: Any) -> list[Any]:
    if isinstance(codebook, dict) and "name" not in codebook:
        return [{"name": name, "definition": definition} for name, definition in codebook.items()]
    if isinstance(codebook, dict):
        return [codebook]
    if hasattr(codebook, "columns") or hasattr(codebook, "__arrow_c_stream__"):
        from .columns import frame_of

        return frame_of(codebook).to_dicts()
    return list(codebook)


def _theme(theme: Any, number: int) -> dict[str, str | list[str]]:
    given = {"name": theme} if isinstance(theme, str) else dict(theme)
    for key in given:
        if key not in FIELDS:
            meant = difflib.get_close_matches(str(key), FIELDS, 1)
            hint = f"did you mean `{meant[0]}`?" if meant else f"known are {', '.join(FIELDS)}"
            raise error(f"theme {number} of the codebook has the unknown key `{key}`", hint)
    filled: dict[str, str | list[str]] = {}
    for field in FIELDS:
        value = given.get(field)
        if field in LISTS:
            filled[field] = [] if value is None else [value] if isinstance(value, str) else [str(one) for one in value]
        else:
            filled[field] = "" if value is None else str(value)
    return filled
