"""REFI-QDA projects (``.qdpx``) of NVivo, ATLAS.ti, MAXQDA, QualCoder and others, as tables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from . import _emic
from .columns import frame_of, needs
from .errors import error

if TYPE_CHECKING:
    import polars

SEPARATOR = " / "


class Project:
    """A project as tables.

    Attributes
    ----------
    name
        The project's name.
    sources
        ``source``, ``text``.
    codes
        ``code`` (the path of a code below others, ``barriers / workload``), ``description``, ``color``.
    codings
        ``source``, ``start``, ``end`` (code points of the text, the end not included), ``text``, ``code``, ``coder``, ``remark``.
    problems
        What could not be used, or was guessed.
    """

    def __init__(
        self,
        name: str,
        sources: polars.DataFrame,
        codes: polars.DataFrame,
        codings: polars.DataFrame,
        problems: polars.DataFrame,
    ) -> None:
        """Take the tables."""
        self.name = name
        self.sources = sources
        self.codes = codes
        self.codings = codings
        self.problems = problems

    def __repr__(self) -> str:
        """Show the counts."""
        return f"Project({self.name!r}, {self.sources.height} sources, {self.codes.height} codes, {self.codings.height} codings)"


def read(path: str | os.PathLike[str]) -> Project:
    """Read a project. Positions are code points, however the program that wrote it counts.

    >>> import emic
    >>> coding = {"source": "P01", "start": 7, "end": 21, "code": "workload", "coder": "Ana"}
    >>> emic.refi.write("project.qdpx", {"P01": "I have sixty families."}, [coding])
    >>> emic.refi.read("project.qdpx").codings.select("source", "text", "code", "coder").rows()
    [('P01', 'sixty families', 'workload', 'Ana')]
    """
    import polars

    name, sources, codes, codings, problems = _emic.read_project(os.fspath(path))
    paths = [SEPARATOR.join(steps) for steps, _, _ in codes]
    text, number = polars.String, polars.Int64
    return Project(
        name,
        polars.DataFrame(sources, schema={"source": text, "text": text}, orient="row"),
        polars.DataFrame(
            [(path, description, color) for path, (_, description, color) in zip(paths, codes)],
            schema={"code": text, "description": text, "color": text},
            orient="row",
        ),
        polars.DataFrame(
            [(source, start, end, words, paths[code], coder, remark) for source, start, end, words, code, coder, remark in codings],
            schema={"source": text, "start": number, "end": number, "text": text, "code": text, "coder": text, "remark": text},
            orient="row",
        ),
        polars.DataFrame(problems, schema={"severity": text, "line": number, "message": text, "hint": text}, orient="row"),
    )


def write(
    path: str | os.PathLike[str],
    sources: Any,
    codings: Any,
    codes: Any = None,
    *,
    name: str = "Codings",
) -> None:
    """Write a project that other programs open; the same tables give the same bytes.

    Parameters
    ----------
    path
        The file, ``.qdpx``.
    sources
        A dict of names and texts, or a table with ``source`` and ``text``.
    codings
        A table with ``source``, ``start``, ``end``, ``code`` and, if known, ``coder``.
    codes
        A table with ``code`` and ``description``, for codes that have one or that are in no coding.
    name
        The project's name.
    """
    texts = list(sources.items()) if isinstance(sources, dict) and not _is_columns(sources) else _pairs(frame_of(sources))
    given = frame_of(codings)
    needs(given, ("source", "start", "end", "code"), "the table of codings")
    rows: list[Any] = []
    placed: dict[str, int] = {}

    def place(code: str, description: str = "") -> int:
        if code not in placed:
            above, _, last = code.rpartition(SEPARATOR)
            parent: int | None = place(above) if above else None
            placed[code] = len(rows)
            rows.append([last, parent, description])
        elif description:
            rows[placed[code]][2] = description
        return placed[code]

    if codes is not None:
        described = frame_of(codes)
        needs(described, ("code",), "the table of codes")
        for row in described.iter_rows(named=True):
            place(str(row["code"]), row.get("description") or "")
    coded = []
    for number, row in enumerate(given.iter_rows(named=True)):
        if row["source"] is None or row["start"] is None or row["end"] is None or row["code"] is None or row["start"] < 0:
            raise error(f"row {number} (counted from 0) of the codings is not complete", "it needs source, start, end and code")
        coder = row.get("coder")
        coded.append((str(row["source"]), row["start"], row["end"], place(str(row["code"])), None if coder is None else str(coder)))
    _emic.write_project(os.fspath(path), name, texts, [tuple(row) for row in rows], coded)


def _is_columns(sources: dict[Any, Any]) -> bool:
    return set(sources) >= {"source", "text"}


def _pairs(frame: polars.DataFrame) -> list[Any]:
    needs(frame, ("source", "text"), "the table of sources")
    return frame.select("source", "text").rows()
