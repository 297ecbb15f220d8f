"""Progress of long work: a bar of tqdm where that is installed, otherwise lines on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    Told = Callable[[str, int, int], None]

# Shorter stages are not shown, so that a call on ten texts says nothing.
QUICK_SECONDS = 1.0


@contextmanager
def shown(progress: bool | None, min_seconds: float = QUICK_SECONDS) -> Iterator[Told | None]:
    """Give what shows progress; nothing if it is not wanted, or where nobody would look: standard error is no terminal and no notebook."""
    if progress is False or (progress is None and not _is_watched()):
        yield None
        return
    display = _Bars(min_seconds) if _has_tqdm() else _Lines(min_seconds)
    try:
        yield display.tell
    finally:
        display.close()


def _is_watched() -> bool:
    try:
        return sys.stderr.isatty() or "ipykernel" in sys.modules
    except (AttributeError, ValueError):
        return False


def _has_tqdm() -> bool:
    try:
        import tqdm.auto  # noqa: F401
    except ImportError:
        return False
    return True


class _Display:
    """Follows one stage at a time; a stage is shown once it has taken a while."""

    def __init__(self, min_seconds: float) -> None:
        self.min_seconds = min_seconds
        self.stage: str | None = None
        self.begun = 0.0
        self.is_open = False

    def tell(self, words: str, done: int, of: int) -> None:
        if of == 0:
            print(words, file=sys.stderr)
            return
        if words != self.stage:
            self.close()
            self.stage, self.begun = words, time.monotonic()
        if not self.is_open and time.monotonic() - self.begun >= self.min_seconds:
            self.is_open = True
            self.opened(words, of)
        if self.is_open:
            self.moved(done, of)

    def close(self) -> None:
        if self.is_open:
            self.closed()
        self.stage, self.is_open = None, False

    def opened(self, words: str, of: int) -> None:
        raise NotImplementedError

    def moved(self, done: int, of: int) -> None:
        raise NotImplementedError

    def closed(self) -> None:
        """Nothing to end by default."""


class _Bars(_Display):
    bar: Any = None

    def opened(self, words: str, of: int) -> None:
        from tqdm.auto import tqdm

        self.bar = tqdm(total=of, desc=words)

    def moved(self, done: int, of: int) -> None:
        self.bar.update(min(done, of) - self.bar.n)

    def closed(self) -> None:
        self.bar.update(self.bar.total - self.bar.n)
        self.bar.close()


class _Lines(_Display):
    tenth = 0

    def opened(self, words: str, of: int) -> None:
        self.tenth = 0
        print(f"{words} ({of})", file=sys.stderr)

    def moved(self, done: int, of: int) -> None:
        tenth = done * 10 // of
        if self.tenth < tenth < 10:
            self.tenth = tenth
            print(f"{self.stage} ({done} of {of})", file=sys.stderr)
