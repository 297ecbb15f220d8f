"""What is doubtful about a result that has no table of problems."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars


class EmicWarning(UserWarning):
    """Something is doubtful about a result, for example a group of one interview."""


def warn(problems: polars.DataFrame) -> None:
    """Give each row of a table of problems as a warning; notes are none."""
    for row in problems.filter(problems["severity"] != "note").iter_rows(named=True):
        hint = f" ({row['hint']})" if row["hint"] else ""
        warnings.warn(f"{row['source']}: {row['message']}{hint}", EmicWarning, stacklevel=3)
