"""Run the command line inside a prepared environment: ``python -m stockpile.cli``."""

from __future__ import annotations

import atexit
import gc

gc.disable()  # what is loaded now stays; searching it for garbage was two fifths of a command

from stockpile import log  # noqa: E402 - nothing is loaded before that
from stockpile.cli.commands import main  # noqa: E402 - nothing is loaded before that


def run() -> None:
    """Run one command; a bug ends as a report of places in the code, without a value in it."""
    gc.freeze()
    gc.enable()
    atexit.register(gc.unfreeze)  # else a library complains at the end of what it finds not let go
    log.guard_crashes(log.crash_hook(lambda _error: None))
    main()


if __name__ == "__main__":
    run()
