"""Run the command line inside a prepared environment: ``python -m stockpile.cli``."""

from __future__ import annotations

from stockpile.cli import main

if __name__ == "__main__":
    main()
