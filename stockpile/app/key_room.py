"""The keys of a home, plugged in: opened with all that may be asked for, renewed, recovered."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys import recovering, ways_in
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.memory import keep_to_itself
from stockpile.adapters.keys.modes import close_to_others
from stockpile.adapters.keys.ring import KeyRing, open_keys
from stockpile.adapters.keys.signers import Moment
from stockpile.adapters.keys.system_safe import SECRET_LENGTH, SystemSafe
from stockpile.adapters.keys.tries import MARK_LENGTH, count_by, count_of
from stockpile.adapters.sqlite.lock import HomeLock
from stockpile.adapters.sqlite.rekeying import rekey_file
from stockpile.domain import recovery_sheets
from stockpile.domain.errors import (
    BooksDamaged,
    HomeMissing,
    PracticeKeysFixed,
    SystemSecretMissing,
    WrongPassphrase,
)
from stockpile.domain.values import NodeId, OfficerId
from stockpile.services.keys import KeyState, demand_passphrase_fit, destroy_papers
from stockpile.services.ports import Progress

Rekey = Callable[[bytes, Progress], None]
"""Seals an open database under another key."""
_DATABASES: Final = ("stockpile.db", "journal.db")
_OLDER: Final = "*.db.before-*"
PRACTICE_FILE: Final = "practice-depot"

AT_A_PROMPT: Final = 5.0
"""Seconds that a safe is waited for where somebody can type instead."""

demand_recipient = ways_in.demand_recipient


def running() -> int:
    """Return how long this computer has run, in milliseconds: a clock that nobody sets."""
    return time.monotonic_ns() // 1_000_000


def kept_passphrase(home: Path) -> str:
    """Return the passphrase that a user keeps in the system's safe for a home, or nothing.

    Raises SystemSafeLocked, SystemSafeSilent.
    """
    return SystemSafe(AT_A_PROMPT).passphrase(str(home.resolve()))


def opened_keys(home: Path, passphrase: str) -> KeyRing:
    """Open the keys of a home, and end a change of keys that was killed in the middle.

    Raises HomeMissing, KeysUnreadable, WrongPassphrase, PassphraseTooSoon, SystemSecretMissing,
    HomeOpenToOthers, and for a change of keys BooksInUse, DiskFull, DiskTrouble.
    """
    keep_to_itself()
    close_to_others(home)
    clock, chance, safe = SystemClock(), SystemChance(), SystemSafe()
    now = Moment(clock.now(), running())
    count = count_of(home)
    count.demand_waited(now)
    try:
        keys = open_keys(
            home, passphrase, clock=clock, chance=chance, secrets=safe, running=running
        )
    except WrongPassphrase:
        count.add(now)
        raise
    count.forget()
    destroy_papers(home)
    if keys.coming_key is not None:
        _renew_closed(home, keys)
    return keys


def count_tries(home: Path, keys: KeyRing) -> None:
    """Let wrong passphrases be counted in an open home, and note where the count was tampered with.

    The caller holds the home's lock. Raises DiskFull, DiskTrouble.
    """
    before = keys.content
    mark = before.tries_mark or SystemChance().bytes(MARK_LENGTH)
    gone_at = count_by(home, before).begin(mark)
    if gone_at or not before.counts_tries or not before.tries_mark:
        keys.change(
            counts_tries=True, tries_mark=mark, tries_gone_at=gone_at or before.tries_gone_at
        )


def recover_by_authority(home: Path, identity: str, passphrase: str) -> NodeId:
    """Give a home a new passphrase with the authority's age identity, the text of its file.

    Raises HomeMissing, RecoveryKeyStrange, PassphraseTooShort, BooksInUse, KeysUnreadable.
    """
    _demand_home(home)
    demand_passphrase_fit(passphrase)
    lock = HomeLock(home)
    try:
        return recovering.recover_by_authority(
            home, identity, passphrase, clock=SystemClock(), chance=SystemChance()
        ).node
    finally:
        lock.release()


def recover_by_sheet(home: Path, halves: tuple[str, str], passphrase: str) -> NodeId:
    """Give a home a new passphrase with both halves of its recovery sheet, as typed or scanned.

    Raises HomeMissing, SheetHalfMistyped, SheetHalvesApart, SheetVoid, PassphraseTooShort,
    BooksInUse, KeysUnreadable.
    """
    _demand_home(home)
    one, other = (recovery_sheets.read_half(text, at) for at, text in enumerate(halves, 1))
    secret = recovery_sheets.joined(one, other)
    demand_passphrase_fit(passphrase)
    lock = HomeLock(home)
    try:
        return recovering.recover_by_sheet(
            home, one.sheet, secret, passphrase, clock=SystemClock(), chance=SystemChance()
        ).node
    finally:
        lock.release()


def anchor_of(home: Path, keys: KeyRing, *, restored: bool) -> AnchorFile:
    """Return the anchor of an open home, which must be there and sealed once it was so."""
    return AnchorFile(home, keys.mac, demanded=keys.content.anchored and not restored)


@dataclass(frozen=True, slots=True)
class HomeKeys:
    """The port `KeyRoom`: the keys of the open home, and how its open databases are rekeyed."""

    home: Path
    keys: KeyRing
    rekey: Sequence[Rekey]
    safe: SystemSafe

    def state(self) -> KeyState:
        """Return how the home is locked."""
        said = self.keys.content
        return KeyState(
            keyring=said.slots[0].keyring,
            keyring_possible=self.safe.is_there(),
            recipient=said.authority.recipient if said.authority else "",
            sheet=said.sheet.sheet if said.sheet else "",
            sheet_at=said.sheet.made_at if said.sheet else 0,
            renewed_at=said.renewed_at,
            recovered=said.recovered,
            recovered_at=said.recovered_at,
            put_back_at=said.put_back_at,
            tries_gone_at=said.tries_gone_at,
            unrenewed=tuple(
                OfficerId(id_)
                for id_, one in said.signers.items()
                if one.keys[0].made_at < said.renewed_at
            ),
        )

    def demand_passphrase(self, passphrase: str) -> None:
        """Raise WrongPassphrase, PassphraseTooSoon, SystemSecretMissing unless it opens it."""
        now = Moment(SystemClock().now(), running())
        count = count_by(self.home, self.keys.content)
        count.demand_waited(now)
        try:
            self.keys.demand_passphrase(passphrase, self.safe)
        except WrongPassphrase:
            count.add(now)
            raise
        count.forget()

    def set_passphrase(self, passphrase: str) -> None:
        """Let this passphrase open the home, and no other; the system's safe as before.

        Raises SystemSecretMissing, SystemSafeLocked, SystemSafeSilent.
        """
        wanted = self.keys.content.slots[0].keyring
        secret = self.safe.read(self.keys.node) if wanted else b""
        if secret is None:  # the second factor is never dropped by the way
            raise SystemSecretMissing
        self.keys.set_passphrase(passphrase, secret)

    def renew(self, passphrase: str, progress: Progress) -> None:
        """Give the databases another key and seal everything anew; the recovery sheet is void."""
        old = self.keys.database_key
        fresh = self.keys.begin_renewal(passphrase, self.safe)
        for before, rekey in enumerate(self.rekey):
            rekey(fresh, partial(_part, progress, before, len(self.rekey)))
        _rekey_older(self.home, old, fresh)
        self.keys.finish_renewal()

    def seal_to(self, recipient: str) -> None:
        """Let the authority's age key open the home, or none; raises FieldUnreadable."""
        self.keys.seal_to(recipient)

    def add_sheet(self, sheet: str, secret: bytes) -> None:
        """Let a recovery secret open the home; the sheet before is void."""
        self.keys.add_sheet(sheet, secret)

    def use_keyring(self, passphrase: str, *, on: bool) -> None:
        """Mix a secret of the system's safe in, or no more; raises SystemSafeMissing.

        The secret is in the safe before the file wants it, and leaves it after the file does not.
        """
        if not on:
            self.keys.set_passphrase(passphrase)
            self.safe.forget(self.keys.node)
            return
        secret = self.safe.read(self.keys.node) or SystemChance().bytes(SECRET_LENGTH)
        self.safe.keep(self.keys.node, secret)
        self.keys.set_passphrase(passphrase, secret)

    def demand_own_secrets(self) -> None:
        """Raise PracticeKeysFixed where everybody knows the passphrase and is to know it."""
        if (self.home / PRACTICE_FILE).is_file():
            raise PracticeKeysFixed


def _part(progress: Progress, before: int, parts: int, done: int, total: int) -> None:
    """Tell how far the whole is, of which this is the part after so many others."""
    progress(before * total + done, parts * total)


def _renew_closed(home: Path, keys: KeyRing) -> None:
    """Go on with a change of keys: each database is under the old key or under the new one."""
    fresh = keys.coming_key
    assert fresh is not None
    lock = HomeLock(home)
    try:
        for name in _DATABASES:
            if (home / name).exists():
                rekey_file(home / name, keys.database_key, fresh)
        _rekey_older(home, keys.database_key, fresh)
        keys.finish_renewal()
    finally:
        lock.release()


def _rekey_older(home: Path, old: bytes, new: bytes) -> None:
    """Seal the copies that were made before a change of shape anew too, as far as they open."""
    for file in home.glob(_OLDER):
        if file.name.endswith(("-wal", "-shm")):
            continue
        try:
            rekey_file(file, old, new)
        except BooksDamaged:
            continue


def _demand_home(home: Path) -> None:
    if not (home / "keys.json").is_file():
        raise HomeMissing(str(home))
