"""``python -m emic`` is the command ``emic``."""

from ._command import main

main()
