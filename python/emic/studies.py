"""Studies without a study file: settings as arguments, transcripts and codebook in memory or as files."""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _emic, codebooks
from .columns import frame_of, names, needs, paths
from .errors import error

if TYPE_CHECKING:
    import polars

    from .runs import Run

# The sections of a study file and their keys, which are the names of the arguments.
SECTIONS = {
    "study": ("title", "language", "seed"),
    "corpus": (
        "participants",
        "groups",
        "interviewers",
        "tiers",
        "split",
        "same",
        "questions",
        "speakers",
        "pseudonyms",
        "mask",
    ),
    "segment": ("unit", "min_words", "window_words"),
    "embed": ("model", "precision"),
    "cluster": ("method", "clusters"),
    "themes": ("emergent",),
    "review": ("codes",),
    "compare": ("within", "time", "question"),
    "output": ("formats",),
}
SETTINGS = {name: section for section, keys in SECTIONS.items() for name in keys}
LISTS = ("groups", "interviewers", "tiers", "split", "mask", "formats")
# Settings of reading files, which say nothing about transcripts in memory.
OF_FILES = ("participants", "tiers", "split", "same", "questions", "speakers", "pseudonyms", "mask")


class Study:
    """A study: what to read, which themes to look for, what to compare.

    Every setting has the name that it has in a study file, and the same default; ``docs/guide.md`` explains them.

    Parameters
    ----------
    transcripts
        Paths or patterns of transcript files (``"interviews/*.docx"``, a folder, or a list of these); or a table with a row for each turn
        and the columns ``transcript_id``, ``speaker`` and ``text``. Of a table, the columns ``role`` (interviewer, participant or
        other), ``start_ms`` and ``end_ms`` are used where they are there, and every other column is an attribute of the interview.
    codebook
        The themes, in any form that :func:`emic.label` takes. Without one only emergent themes are found.
    out
        The output folder for tables, the page, the cache and reviews; without one nothing is written and nothing is cached.
    **settings
        ``title``, ``language``, ``seed``; ``participants``, ``groups``, ``interviewers``, ``tiers``, ``split``, ``same``, ``questions``,
        ``speakers``, ``pseudonyms``, ``mask``; ``unit``, ``min_words``, ``window_words``; ``model``, ``precision``; ``method``,
        ``clusters``; ``emergent``; ``codes``; ``within``, ``time``, ``question``; ``formats``.

    Raises
    ------
    EmicError
        If a setting is unknown or out of range, or a file is missing. ``hint`` says what was probably meant.

    Examples
    --------
    >>> import emic, polars
    >>> turns = polars.DataFrame({
    ...     "transcript_id": ["P01", "P01", "P02"],
    ...     "speaker": ["Interviewer", "P01", "P02"],
    ...     "text": ["What makes work hard?", "I have sixty families and one morning a week.", "My colleagues are the best part of it."],
    ...     "team": ["north", "north", "south"],
    ... })
    >>> study = emic.Study(turns, ["workload", "colleagues"], interviewers="Interviewer", groups="team", emergent=False)
    >>> study.themes
    ['workload', 'colleagues']
    >>> run = study.run()
    >>> run.tables["segments"]["text"].to_list()
    ['I have sixty families and one morning a week.', 'My colleagues are the best part of it.']
    """

    def __init__(
        self,
        transcripts: Any,
        codebook: Any = None,
        *,
        out: str | os.PathLike[str] | None = None,
        **settings: Any,
    ) -> None:
        """Check the settings and read the codebook; transcripts are read when the study runs."""
        for name in settings:
            if name not in SETTINGS:
                meant = difflib.get_close_matches(name, SETTINGS, 1)
                raise error(f"a study has no setting `{name}`", f"did you mean `{meant[0]}`?" if meant else "see help(emic.Study)")
        sections: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
        for name, value in settings.items():
            if value is not None:
                sections[SETTINGS[name]][name] = _plain(name, value)
        rows: list[Any] = []
        if _are_files(transcripts):
            sections["corpus"]["transcripts"] = paths(transcripts)
        else:
            unused = [name for name in OF_FILES if settings.get(name) is not None]
            if unused:
                raise error(f"`{unused[0]}` is for transcripts that are read from files", "leave it out, or give paths")
            sections["corpus"]["transcripts"] = []
            rows = _transcripts(frame_of(transcripts), names(settings.get("interviewers")))
        if codebook is None:
            themes = None
        elif codebooks.is_file(codebook):
            sections["themes"]["codebook"], themes = Path(codebook).as_posix(), None
        else:
            themes = codebooks.as_json(codebook)
        folder = None if out is None else os.fspath(out)
        self._study = _emic.Study.build(json.dumps(sections), rows, themes, folder)

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, out: str | os.PathLike[str] | None = None) -> Study:
        """Read a study file; ``out`` is another output folder than it names.

        >>> import emic
        >>> try:
        ...     emic.Study.load("nowhere.toml")
        ... except emic.EmicError as error:
        ...     print(error.hint)
        name the study file, for example `emic run study.toml`; `emic init FOLDER` makes one
        """
        study = cls.__new__(cls)
        study._study = _emic.Study.load(os.fspath(path), None if out is None else os.fspath(out))
        return study

    @property
    def title(self) -> str:
        """The title."""
        return self._study.title

    @property
    def themes(self) -> list[str]:
        """Names of the themes of the codebook."""
        return self._study.themes

    @property
    def file(self) -> Path | None:
        """The study file, if there is one."""
        return None if self._study.file is None else Path(self._study.file)

    @property
    def out(self) -> Path | None:
        """The output folder, if there is one."""
        return None if self._study.out is None else Path(self._study.out)

    def run(self, **options: Any) -> Run:
        """Run the study; the options are those of :func:`emic.run`."""
        from .runs import run

        return run(self, **options)

    def __repr__(self) -> str:
        """Show the title and the number of themes."""
        return f"Study({self.title!r}, {len(self.themes)} themes)"


def codebook_json(path: str | os.PathLike[str]) -> str:
    """Give the themes of a codebook file as JSON."""
    return _emic.codebook_of_file(os.fspath(path))


def _are_files(transcripts: Any) -> bool:
    if isinstance(transcripts, (str, os.PathLike)):
        return True
    return isinstance(transcripts, (list, tuple)) and all(isinstance(one, (str, os.PathLike)) for one in transcripts)


def _plain(name: str, value: Any) -> Any:
    if name in LISTS:
        return names(value)
    if isinstance(value, os.PathLike):
        return Path(value).as_posix()
    if name == "same":
        return [list(group) for group in value]
    if name == "speakers":
        return {who: names(labels) for who, labels in value.items()}
    return value


def _transcripts(frame: polars.DataFrame, interviewers: list[str]) -> list[tuple[str, list[Any], dict[str, str]]]:
    """Give each interview of a table of turns, in the order of the table: its id, turns and attributes."""
    import polars

    needs(frame, ("transcript_id", "text"), "the table of turns")
    own = ("transcript_id", "speaker", "text", "role", "start_ms", "end_ms", "turn_index", "char_start", "char_end")
    attributes = [name for name in frame.columns if name not in own]
    asks = {name.casefold().strip() for name in interviewers}
    found: dict[str, tuple[str, list[Any], dict[str, str]]] = {}
    texts = frame.with_columns(
        [
            polars.col(name).cast(polars.String)
            for name in ("transcript_id", "speaker", "text", "role", *attributes)
            if name in frame.columns
        ]
    )
    for number, row in enumerate(texts.iter_rows(named=True)):
        where, text = row["transcript_id"], row["text"]
        if where is None or text is None:
            raise error(f"row {number} (counted from 0) of the turns has no {'text' if where else 'transcript_id'}", "leave the row out")
        _, turns, known = found.setdefault(where, (where, [], {}))
        speaker = row.get("speaker") or ""
        role = row.get("role") or ("interviewer" if speaker.casefold().strip() in asks else "participant")
        turns.append((role, speaker, text, row.get("start_ms"), row.get("end_ms")))
        for name in attributes:
            value = row[name]
            if value is not None and known.setdefault(name, value) != value:
                raise error(
                    f"the interview `{where}` has two values of `{name}`, `{known[name]}` and `{value}`",
                    "an attribute is of a whole interview; leave other columns out",
                )
    return list(found.values())
