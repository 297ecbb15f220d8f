"""Themes in large collections of interviews, and the parts of it that are of use without interviews.

The same program as the command `emic`, in this process: vectors (:class:`Encoder`), labels for any texts (:func:`label`), whole studies
(:func:`run`, :class:`Study`), reading transcripts (:func:`read`), statistics for codes from anywhere (:func:`agreement`,
:func:`prevalence`, :func:`contrasts`, :func:`corrected`), and projects of other programs (:mod:`emic.refi`). Tables are Polars frames.

Nothing leaves the computer; only :func:`emic.models.fetch` fetches anything, a model.
"""

from . import models, refi
from ._emic import EmicError, __version__
from .codes import agreement, contrasts, corrected, corrected_contrasts, prevalence
from .encoder import Encoder
from .labels import label
from .reading import Reading, read
from .runs import Report, Run, Sample, open, run
from .studies import Study
from .warnings import EmicWarning

__all__ = [
    "EmicError",
    "EmicWarning",
    "Encoder",
    "Reading",
    "Report",
    "Run",
    "Sample",
    "Study",
    "__version__",
    "agreement",
    "contrasts",
    "corrected",
    "corrected_contrasts",
    "label",
    "models",
    "open",
    "prevalence",
    "read",
    "refi",
    "run",
]
