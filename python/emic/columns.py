"""Lists of texts and columns of tables, whatever they come in: lists, Polars, pandas, pyarrow, anything with Arrow's C stream."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .errors import error

if TYPE_CHECKING:
    import polars


def texts_of(texts: Any, what: str = "text") -> list[str]:
    """Give a list of strings; refuses missing values, which would become words."""
    if isinstance(texts, (str, bytes)):
        raise error(
            f"one {what} was given where a list of them is expected", f"write [{texts!r}]" if len(texts) < 40 else "put it into a list"
        )
    if hasattr(texts, "to_pylist"):  # pyarrow
        texts = texts.to_pylist()
    elif hasattr(texts, "to_list"):  # Polars, pandas
        texts = texts.to_list()
    listed = list(texts)
    for index, text in enumerate(listed):
        if not isinstance(text, str):
            shown = "missing" if text is None or text != text else f"{type(text).__name__}"
            raise error(f"{what} {index} (counted from 0) is {shown}, not a string", 'leave it out, or fill it with ""')
    return listed


def frame_of(table: Any) -> polars.DataFrame:
    """Give a Polars frame of a Polars, pandas or pyarrow table, a list of dicts, or anything with Arrow's C stream."""
    import polars

    if isinstance(table, polars.DataFrame):
        return table
    if isinstance(table, polars.LazyFrame):
        return table.collect()
    if isinstance(table, (list, dict)) or hasattr(table, "__arrow_c_stream__"):
        return polars.DataFrame(table)
    if type(table).__module__.split(".")[0] == "pandas":
        return polars.DataFrame({str(name): table[name].to_list() for name in table.columns}, strict=False)
    raise error(f"a {type(table).__name__} is no table", "give a Polars or pandas frame, or a list of dicts")


def needs(frame: polars.DataFrame, columns: Iterable[str], what: str) -> None:
    """Refuse a table without one of these columns."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        has = ", ".join(frame.columns)
        raise error(f"{what} has no column `{missing[0]}`", f"it has {has}; rename the column that holds it")


def strings(frame: polars.DataFrame, column: str) -> list[str | None]:
    """Give a column as strings; missing values stay missing."""
    import polars

    return frame[column].cast(polars.String).to_list()


def names(given: Any) -> list[str]:
    """Give one name or several as a list."""
    if given is None:
        return []
    return [given] if isinstance(given, str) else [str(name) for name in given]


def paths(given: Any) -> list[str]:
    """Give one path or several as strings with `/`; a folder stands for the files in it."""
    listed: Sequence[Any] = [given] if isinstance(given, (str, os.PathLike)) else list(given)
    found = []
    for path in listed:
        text = os.fspath(path)
        if os.sep == "\\":
            text = text.replace("\\", "/")
        if os.path.isdir(text):
            text = glob.escape(text.rstrip("/")) + "/*"
        elif os.path.exists(text):
            text = glob.escape(text)
        found.append(text)
    return found
