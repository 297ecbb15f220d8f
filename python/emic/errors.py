"""Makes the exception of the package from Python."""

from __future__ import annotations

from ._emic import EmicError


def error(message: str, hint: str = "") -> EmicError:
    """Make an :class:`EmicError` with its hint."""
    made = EmicError(f"{message} ({hint})" if hint else message)
    made.hint = hint
    return made
