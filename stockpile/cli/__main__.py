"""Run the command line inside a prepared environment: ``python -m stockpile.cli``."""

from __future__ import annotations

from stockpile import log
from stockpile.cli import main


def run() -> None:
    """Run one command; a bug ends as a report of places in the code, without a value in it."""
    log.guard_crashes(log.crash_hook(lambda _error: None))
    main()


if __name__ == "__main__":
    run()
