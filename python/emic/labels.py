"""Labels for texts that are no interviews: answers to an open question, posts, single passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _emic, codebooks
from .columns import texts_of
from .encoder import DEFAULT_MODEL, Encoder
from .progress import shown
from .studies import codebook_json

if TYPE_CHECKING:
    import polars


def label(
    texts: Any,
    codebook: Any,
    *,
    encoder: Encoder | str = DEFAULT_MODEL,
    threads: int | None = None,
    progress: bool | None = None,
) -> polars.DataFrame:
    """Say which themes of a codebook each text carries: none, one or several.

    Texts are labelled like the segments of a study, each as an interview of its own. Scores are standardised over all texts, so a few
    hundred give better labels than ten.

    Parameters
    ----------
    texts
        A list of strings, or a column of Polars, pandas or pyarrow.
    codebook
        A list of names or of dicts (``name``, ``definition``, ``include``, ``exclude``, ``examples``, ``keywords``, ``parent``; only the
        name is needed), a dict of names and definitions, a table with these columns, or the path of a codebook in any form.
    encoder
        An :class:`Encoder`, which is loaded once for many calls, or the name of a model.

    Returns
    -------
    A frame with a row for each text and theme that it carries: ``text`` (its number from 0), ``theme``, ``score`` (in standard deviations
    of what other talk scores), ``confidence`` (0.2 to 1), ``rank`` (1 for the text's strongest theme).

    Examples
    --------
    >>> import emic
    >>> texts = ["I have sixty families and no time.", "We eat together on Fridays.", ""]
    >>> labels = emic.label(texts, {"workload": "Too many cases, too little time.", "colleagues": "People at work."})
    >>> labels.columns
    ['text', 'theme', 'score', 'confidence', 'rank']
    >>> 2 in labels["text"].to_list()
    False
    """
    import polars

    themes = codebook_json(codebook) if codebooks.is_file(codebook) else codebooks.as_json(codebook)
    model = encoder if isinstance(encoder, Encoder) else Encoder(encoder)
    listed = texts_of(texts)
    with shown(progress) as told:
        return polars.DataFrame(_emic.label(listed, themes, model._encoder, threads or model.threads, told))
