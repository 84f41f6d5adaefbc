"""Who on this computer may read a home: its owner, and nobody else."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import Final

from stockpile.domain.errors import HomeOpenToOthers

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def close_to_others(home: Path) -> None:
    """Take the home, and the files in it, away from all but their owner.

    Raises HomeOpenToOthers where others can read it and the system does not let us forbid it.
    """
    # Under Windows folders of a user are closed to others by themselves.
    paths = () if sys.platform == "win32" else (home, *home.iterdir())
    for path in paths:
        if path.is_symlink() or not (path.is_file() or path == home):
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS:
            try:
                path.chmod(mode & ~_OTHERS)
            except OSError as error:
                raise HomeOpenToOthers(str(path)) from error
        if stat.S_IMODE(path.stat().st_mode) & _OTHERS and path == home:
            raise HomeOpenToOthers(str(path))
