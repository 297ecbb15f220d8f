"""The command ``emic``: the program itself, in this process. Nothing else of the package is imported for it."""

from __future__ import annotations

import signal
import sys

from . import _emic


def main() -> None:
    """Run the command line of this process and leave with its exit status."""
    # The program is stopped as any other is, not by an exception that Python would raise when it comes back.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_emic.command(["emic", *sys.argv[1:]]))
