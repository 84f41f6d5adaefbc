"""Where our files lie in a checkout, in an installed wheel and in a frozen build."""

from __future__ import annotations

import sys
from pathlib import Path


def root() -> Path:
    """Return the folder that holds `stockpile`, `ui` and `resources` side by side.

    A frozen build unpacks them into the folder that its loader names in `sys._MEIPASS`;
    a checkout and a wheel keep them beside this package.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file, for example `resource("icons", "truck.svg")`.

    The file need not exist: the caller says what a missing one means.
    """
    return root().joinpath("resources", *parts)
