"""Statistics for codes from anywhere: people, this program, others.

A table of codes has a row for each segment, theme and coder. Columns:

- ``segment_id`` and ``transcript_id``: the segment, unique over all interviews, and its interview, which is the unit of analysis.
- ``theme``: missing in a row that only says that there is such a segment, so that it counts in shares.
- ``applies``: whether the theme applies; true where the column is not there.
- ``coder``, ``probability`` (with which the segment was drawn for coding), ``confidence`` (of a program), where they are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Union

from . import _emic
from .columns import frame_of, names, needs, strings
from .errors import error
from .warnings import warn

if TYPE_CHECKING:
    import polars

    By = Union[str, list[str], None]


def agreement(codes: Any) -> polars.DataFrame:
    """Say how far coders agree: each pair, and with more than two all of them; over all themes and by theme.

    Percent, Cohen's and Fleiss's kappa, Gwet's AC1, Krippendorff's alpha and more, each with a 95 % interval that takes the interview as
    the unit. The columns are those of the table ``agreement`` of a run.

    Parameters
    ----------
    codes
        A table of codes with ``coder``, and with rows for what does not apply.

    Examples
    --------
    >>> import emic
    >>> codes = [
    ...     {
    ...         "segment_id": f"P{i}:1", "transcript_id": f"P{i}", "theme": "workload", "coder": coder,
    ...         "applies": (i + (coder == "Ben") * (i > 4)) % 2,
    ...     }
    ...     for i in range(6) for coder in ("Ana", "Ben")
    ... ]
    >>> round(emic.agreement(codes)["percent"][0], 3)
    0.833
    """
    frame = frame_of(codes)
    needs(frame, ("segment_id", "transcript_id", "theme", "coder", "applies"), "the table of codes")
    return _given(_emic.agreement(_rows(frame, [])), "agreement")


def prevalence(codes: Any, by: By = None, *, seed: int = 7) -> polars.DataFrame:
    """Say how common each theme is, as a share of segments and of interviews with 95 % intervals: over all, and in groups.

    The columns are those of the table ``prevalence`` of a run.

    Parameters
    ----------
    codes
        A table of codes. Segments without a theme need a row too, with a missing theme.
    by
        Columns with groups of interviews.

    Examples
    --------
    >>> import emic
    >>> codes = [
    ...     {
    ...         "segment_id": f"P{i}:{s}", "transcript_id": f"P{i}", "team": "north" if i < 4 else "south",
    ...         "theme": "workload" if i < 4 and s else None,
    ...     }
    ...     for i in range(8) for s in range(3)
    ... ]
    >>> emic.prevalence(codes, by="team").select("group", "segments", "share_segments").rows()[1:]
    [('north', 8, 0.6666666666666666), ('south', 0, 0.0)]
    """
    frame = frame_of(codes)
    attributes = names(by)
    needs(frame, ("segment_id", "transcript_id", "theme", *attributes), "the table of codes")
    return _given(_emic.prevalence(_rows(frame, attributes), attributes, seed), "prevalence")


def contrasts(codes: Any, by: By, *, seed: int = 7) -> polars.DataFrame:
    """Compare groups of interviews: differences with 95 % intervals and p values, by permutation of whole interviews.

    As :func:`prevalence`; the columns are those of the table ``contrasts`` of a run. ``seed`` is that of the permutations.

    >>> import emic
    >>> codes = [
    ...     {
    ...         "segment_id": f"P{i}:{s}", "transcript_id": f"P{i}", "team": "north" if i < 4 else "south",
    ...         "theme": "workload" if i < 4 and s else None,
    ...     }
    ...     for i in range(8) for s in range(3)
    ... ]
    >>> emic.contrasts(codes, by="team").select("group_a", "group_b", "measure", "difference").rows()[0]
    ('north', 'south', 'share_segments', 0.6666666666666666)
    """
    frame = frame_of(codes)
    attributes = names(by)
    needs(frame, ("segment_id", "transcript_id", "theme", *attributes), "the table of codes")
    return _given(_emic.prevalence(_rows(frame, attributes), attributes, seed), "contrasts")


def corrected(labels: Any, sample: Any, by: By = None, *, question: str | None = None) -> polars.DataFrame:
    """Correct the shares of a program's labels by a sample that people coded.

    The columns are those of the table ``corrected_prevalence`` of a run.

    Parameters
    ----------
    labels
        A table of codes of every segment: those of a program, with ``confidence`` where it has one.
    sample
        A table of codes of the segments that were drawn at random and coded by people, with rows for what does not apply. Without
        ``probability``, every segment is taken to have had the same chance to be drawn.
    by
        Columns of ``labels`` with groups of interviews.
    question
        ``"these interviews"`` or ``"interviews like these"``: what the main interval is about.

    Examples
    --------
    >>> import emic, polars
    >>> labels = [
    ...     {
    ...         "segment_id": f"P{i}:{s}", "transcript_id": f"P{i}", "theme": "workload",
    ...         "applies": s > 1, "confidence": 0.9 if s > 1 else 0.2,
    ...     }
    ...     for i in range(8) for s in range(4)
    ... ]
    >>> sample = [
    ...     {"segment_id": f"P{i}:{s}", "transcript_id": f"P{i}", "theme": "workload", "applies": s > 0}
    ...     for i in range(0, 8, 2) for s in range(4)
    ... ]
    >>> emic.corrected(labels, sample).select("share_machine", polars.col("share_corrected").round(3)).rows()
    [(0.5, 0.75)]
    """
    return _given(_corrected(labels, sample, by, question), "corrected_prevalence")


def corrected_contrasts(labels: Any, sample: Any, by: By, *, question: str | None = None) -> polars.DataFrame:
    """Compare groups by corrected shares: the table ``corrected_contrasts`` of a run. As :func:`corrected`."""
    return _given(_corrected(labels, sample, by, question), "corrected_contrasts")


def _corrected(labels: Any, sample: Any, by: By, question: str | None) -> Any:
    frame, coded = frame_of(labels), frame_of(sample)
    attributes = names(by)
    needs(frame, ("segment_id", "transcript_id", "theme", *attributes), "the table of labels")
    needs(coded, ("segment_id", "theme", "applies"), "the sample")
    if "transcript_id" not in coded.columns:
        coded = coded.join(frame.select("segment_id", "transcript_id").unique(), on="segment_id", how="left")
    return _emic.corrected(_rows(frame, attributes), _rows(coded, []), attributes, question)


def _given(tables: Any, wanted: str) -> polars.DataFrame:
    import polars

    found = {name: polars.DataFrame(frame) for name, frame in tables}
    warn(found["problems"])
    return found[wanted]


def _rows(frame: polars.DataFrame, attributes: list[str]) -> list[Any]:
    """Give the rows as the library takes them."""
    import polars

    def column(name: str, kind: Any, default: Any) -> list[Any]:
        if name not in frame.columns:
            return [default] * frame.height
        try:
            return frame[name].cast(kind).to_list()
        except polars.exceptions.PolarsError as fault:
            raise error(
                f"the column `{name}` cannot be understood: {fault}",
                "it holds true and false, or 1 and 0" if kind == polars.Boolean else "it holds numbers",
            ) from None

    segments, transcripts, themes = (strings(frame, name) for name in ("segment_id", "transcript_id", "theme"))
    applies = column("applies", polars.Boolean, True)
    coders = column("coder", polars.String, "")
    numbers = [column(name, polars.Float64, None) for name in ("probability", "confidence")]
    groups = [strings(frame, name) for name in attributes]
    for name, values in (("segment_id", segments), ("transcript_id", transcripts), ("applies", applies), ("coder", coders)):
        if None in values:
            raise error(f"row {values.index(None)} (counted from 0) of the codes has no `{name}`", "leave the row out, or fill it in")
    of_groups = zip(*groups) if groups else ([] for _ in segments)
    return [
        (segment, transcript, theme, applies and theme is not None, coder, probability, confidence, list(values))
        for segment, transcript, theme, applies, coder, probability, confidence, values in zip(
            segments, transcripts, themes, applies, coders, *numbers, of_groups
        )
    ]
