"""The registry's own key: made at first start, in a file that only its owner reads, or in a table.

A SQLite registry keeps it beside the database, a PostgreSQL one in a table of its own; either may
be told another file. A lost key is never replaced in silence: it is who the registry is.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nacl.signing import SigningKey
from sqlalchemy import text

from stockpile.domain.errors import CourierForged, CourierWordsWrong, KeysUnreadable
from stockpile.domain.ledger import node_id
from stockpile.domain.values import NodeId
from stockpile.locks import age
from stockpile.locks.node_keys import unlocked
from stockpile.registry.database import Database

MOST_WORK: Final = 19
"""Log 2 of the scrypt work that a file for words may ask of a registry: 512 MiB of memory, what
other age programs ask at most. Our own files ask a sixteenth of it."""
_SEED_LENGTH: Final = 32
_OWNER_ONLY: Final = 0o600


@dataclass(frozen=True, slots=True, repr=False)
class RegistryKey:
    """The key that signs receipts, certificates and the registry's own chain."""

    seed: bytes

    @property
    def public_key(self) -> bytes:
        """The public half."""
        return bytes(SigningKey(self.seed).verify_key)

    @property
    def node(self) -> NodeId:
        """The registry's id, as a node among nodes."""
        return node_id(self.public_key)

    def sign(self, message: bytes) -> bytes:
        """Sign a message (Ed25519)."""
        return SigningKey(self.seed).sign(message).signature

    def unlock(self, locked: bytes, words: str, path: str) -> bytes:
        """Return what was locked for this registry, or with words.

        Raises CourierForOther, CourierWordsWrong, CourierForged.
        """
        if not age.is_for_words(locked):
            return unlocked(locked, SigningKey(self.seed), path)
        if not words:
            raise CourierWordsWrong
        try:
            return age.unlock_with(locked, words, MOST_WORK)
        except age.NotLocked as error:
            raise CourierForged(path, "lock") from error
        except age.WordsWrong as error:
            raise CourierWordsWrong from error


def registry_key(database: Database, file: Path | None, *, is_new: bool) -> RegistryKey:
    """Return the registry's key; make one only where the registry itself is new.

    Raises KeysUnreadable where an old registry's key is missing or is no key.
    """
    chosen = file or _beside(database)
    seed = _from_table(database) if chosen is None else _from_file(chosen)
    if seed is None and is_new:
        seed = bytes(SigningKey.generate())
        _keep(database, chosen, seed)
    if seed is None or len(seed) != _SEED_LENGTH:
        raise KeysUnreadable(str(chosen or database.name))
    return RegistryKey(seed)


def key_file_of(file: Path) -> Path:
    """Return where the key of a registry in a SQLite file lies, unless another place was named."""
    return file.with_name(file.name + ".key")


def _beside(database: Database) -> Path | None:
    return database.file and key_file_of(database.file)


def _from_file(file: Path) -> bytes | None:
    try:
        return bytes.fromhex(file.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise KeysUnreadable(str(file)) from error


def _from_table(database: Database) -> bytes | None:
    with database.reading() as connection:
        seed = connection.execute(text("SELECT seed FROM secret")).scalar()
    return None if seed is None else bytes(seed)


def _keep(database: Database, file: Path | None, seed: bytes) -> None:
    if file is None:
        with database.writing() as connection:
            kept = text("INSERT INTO secret (one, seed) VALUES (1, :seed)")
            connection.execute(kept, {"seed": seed})
        return
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(opened, "w", encoding="ascii") as stream:
            stream.write(seed.hex() + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise KeysUnreadable(str(file)) from error
