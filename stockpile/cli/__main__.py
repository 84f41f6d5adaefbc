"""Run the command line inside a prepared environment: ``python -m stockpile.cli``."""

from __future__ import annotations

import gc

gc.disable()  # what is loaded now stays; searching it for garbage was two fifths of a command

from stockpile import log  # noqa: E402 - nothing is loaded before that
from stockpile.cli.commands import main  # noqa: E402 - nothing is loaded before that


def run() -> None:
    """Run one command; a bug ends as a report of places in the code, without a value in it."""
    gc.freeze()
    gc.enable()
    log.guard_crashes(log.crash_hook(lambda _error: None))
    main()


if __name__ == "__main__":
    run()
