"""Reading transcripts: files in any format to turns with speakers."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

from . import _emic
from .columns import paths
from .errors import error
from .progress import shown
from .studies import SECTIONS, _plain

if TYPE_CHECKING:
    import polars


class Reading:
    """What was read.

    Attributes
    ----------
    transcripts
        A row for each interview, with its attributes.
    turns
        A row for each turn: ``transcript_id``, ``speaker``, ``role``, ``start_ms``, ``end_ms``, ``text`` and where it stands.
    replacements
        What was replaced by a pseudonym or masked, without the original.
    problems
        Everything that was skipped, guessed or is doubtful, with file, line and hint.
    """

    def __init__(self, tables: dict[str, polars.DataFrame]) -> None:
        """Take the tables."""
        self.transcripts = tables["transcripts"]
        self.turns = tables["turns"]
        self.replacements = tables["replacements"]
        self.problems = tables["problems"]

    def __repr__(self) -> str:
        """Show the counts."""
        return f"Reading({self.transcripts.height} transcripts, {self.turns.height} turns, {self.problems.height} problems)"


def read(transcripts: Any, *, threads: int | None = None, progress: bool | None = None, **settings: Any) -> Reading:
    """Read transcript files: Zoom, Teams, Whisper, Word, PDF, subtitles, plain text, tables, ELAN, CHAT and others.

    Parameters
    ----------
    transcripts
        A path, a pattern such as ``"interviews/*.docx"``, a folder, or a list of these.
    **settings
        Those under ``[corpus]`` in a study file: ``participants``, ``groups``, ``interviewers``, ``tiers``, ``split``, ``same``,
        ``questions``, ``speakers``, ``pseudonyms``, ``mask``.

    Examples
    --------
    >>> import emic
    >>> reading = emic.read("demo/transcripts/*", interviewers=["Interviewer"])
    >>> reading.turns.columns[:4]
    ['transcript_id', 'turn_index', 'speaker', 'role']
    """
    import polars

    known = SECTIONS["corpus"]
    for name in settings:
        if name not in known:
            meant = difflib.get_close_matches(name, known, 1)
            raise error(f"reading has no setting `{name}`", f"did you mean `{meant[0]}`?" if meant else f"known are {', '.join(known)}")
    corpus = {name: _plain(name, value) for name, value in settings.items() if value is not None}
    with shown(progress) as told:
        found = _emic.read(json.dumps({"corpus": {**corpus, "transcripts": paths(transcripts)}}), threads, told)
    return Reading({name: polars.DataFrame(frame) for name, frame in found})
