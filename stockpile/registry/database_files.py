"""The file of a SQLite registry: its owner's alone from its first byte, and looked at unopened.

SQLite gives its log and its index beside the file (``-wal``, ``-shm``) the file's own mode.
"""

from __future__ import annotations

import os
import stat
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2

from stockpile.domain.errors import BooksDamaged, DiskTrouble, RegistryBusy

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
_BESIDE: Final = ("", "-wal", "-shm")
_FOUNDED: Final = "SELECT count(*) > 0 FROM node"


def made(file: Path) -> None:
    """See that the file is there, empty where it was not; raises DiskTrouble.

    A folder that is there already keeps its mode: it may hold other things.
    """
    try:
        file.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, FILE_MODE))
    except OSError as error:
        raise DiskTrouble(str(file), error.strerror or str(error)) from error


def close_to_others(file: Path) -> None:
    """Take the file from other users of the machine, where an earlier version left it to them.

    What was opened to a group alone, somebody did on purpose: it stays.
    """
    if os.name == "nt":
        return  # there a mode says nothing
    for end in _BESIDE:
        one = file.with_name(file.name + end)
        try:
            if stat.S_IMODE(one.stat().st_mode) & stat.S_IRWXO:
                one.chmod(FILE_MODE)
        except FileNotFoundError:
            continue
        except PermissionError:
            return  # somebody else's file: its owner's next start does it


def holds_registry(file: Path) -> bool:
    """Say whether a registry was founded in a file; makes nothing and changes nothing.

    Raises DiskTrouble, BooksDamaged for what is no database, RegistryBusy.
    """
    try:
        if not file.stat().st_size:
            return False
        file.open("rb").close()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise DiskTrouble(str(file), error.strerror or str(error)) from error
    return _asked(file)


def _asked(file: Path) -> bool:
    address = f"{file.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlcipher3.dbapi2.connect(address, uri=True)) as opened:
            found: Any = opened.execute(_FOUNDED).fetchone()
    except sqlcipher3.dbapi2.OperationalError as error:
        if "no such table" in str(error):
            return False
        raise RegistryBusy(str(error)) from error
    except sqlcipher3.dbapi2.DatabaseError as error:
        raise BooksDamaged(str(file), str(error)) from error
    return bool(found[0])
