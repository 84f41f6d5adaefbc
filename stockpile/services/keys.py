"""The keys of a home: its passphrase, its ways back, and another key for its books.

Every step is an act of two officers (``rotate_keys``): what they did stands in the ledger as an act
that one proposed and the other confirmed, in one entry that both signed, before it is done.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from stockpile.domain import people, recovery_sheets
from stockpile.domain.errors import (
    FieldUnreadable,
    NoRecovery,
    PassphraseTooShort,
    SystemSafeMissing,
)
from stockpile.domain.facts import ActProposed, ActSettled, Draft, GuardSet
from stockpile.domain.plans import plan_of
from stockpile.domain.recovery_sheets import Half
from stockpile.domain.values import Instant, OfficerId, new_id
from stockpile.language import _, isolated
from stockpile.services.documents import Drawn, Press
from stockpile.services.people import People, SignedIn
from stockpile.services.ports import Books, Chance, Clock, Progress, Recorded, silent
from stockpile.services.printed import printing_now
from stockpile.services.recovery_papers import HalfSheet, half_paper

LEAST_PASSPHRASE: Final = 12
FOLDER: Final = "recovery-sheet"


@dataclass(frozen=True, slots=True)
class KeyState:
    """How a home is locked: its ways in, and what was done with its keys.

    ``recipient`` is the age key that it is sealed to, ``sheet`` the number of the recovery sheet
    that opens it. ``recovered`` tells by what it was opened without its passphrase (sheet,
    authority). ``put_back_at`` is when an older copy of the key file was found in its place,
    ``tries_gone_at`` when the count of wrong passphrases was found gone or edited.
    ``unrenewed`` are officers whose signing key is older than the last change of keys.
    """

    keyring: bool = False
    keyring_possible: bool = False
    recipient: str = ""
    sheet: str = ""
    sheet_at: Instant = 0
    renewed_at: Instant = 0
    recovered: str = ""
    recovered_at: Instant = 0
    put_back_at: Instant = 0
    tries_gone_at: Instant = 0
    unrenewed: tuple[OfficerId, ...] = ()

    @property
    def has_way_back(self) -> bool:
        """Say whether a lost passphrase loses nothing."""
        return bool(self.recipient or self.sheet)


class KeyRoom(Protocol):
    """Where the keys of the open home lie; on the books lane."""

    def state(self) -> KeyState:
        """Return how the home is locked."""
        ...

    def demand_passphrase(self, passphrase: str) -> None:
        """Raise WrongPassphrase, PassphraseTooSoon, SystemSecretMissing unless it opens it."""
        ...

    def demand_own_secrets(self) -> None:
        """Raise PracticeKeysFixed where everybody knows the passphrase, and is to know it."""
        ...

    def set_passphrase(self, passphrase: str) -> None:
        """Let this passphrase open the home, and no other."""
        ...

    def renew(self, passphrase: str, progress: Progress) -> None:
        """Give the databases another key and seal everything anew; the recovery sheet is void."""
        ...

    def seal_to(self, recipient: str) -> None:
        """Let the authority's age key open the home, or none; raises FieldUnreadable."""
        ...

    def add_sheet(self, sheet: str, secret: bytes) -> None:
        """Let a recovery secret open the home; the sheet before is void."""
        ...

    def use_keyring(self, passphrase: str, *, on: bool) -> None:
        """Mix a secret of the system's safe in, or no more; raises SystemSafeMissing."""
        ...


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A recovery sheet that was drawn: its number, and the papers of its halves."""

    sheet: str
    halves: tuple[Drawn, Drawn]


@dataclass(frozen=True, slots=True)
class KeyDesk:
    """The desk of keys. Everything runs on the books lane."""

    home: Path
    books: Books
    people: People
    room: KeyRoom
    press: Press
    clock: Clock
    chance: Chance
    rules: Callable[[], GuardSet]

    def state(self) -> KeyState:
        """Return how the home is locked."""
        return self.room.state()

    def follow_rules(self) -> bool:
        """Seal the home to the recovery key that the site's rules name; say whether that was new.

        What is no age key seals nothing. Raises DiskFull, DiskTrouble.
        """
        wanted = self.rules().recovery
        if wanted == self.room.state().recipient:
            return False
        try:
            self.room.seal_to(wanted)
        except FieldUnreadable:
            return False
        return True

    def change_passphrase(
        self, old: str, new: str, *, by: SignedIn, witness: SignedIn | None
    ) -> Recorded:
        """Give the home another passphrase. Older backups keep the one that they were made with.

        Raises OfficerNotAuthorised, SecondOfficerMissing, WrongPassphrase, PassphraseTooShort.
        """
        _authorise(by, witness)
        self.room.demand_own_secrets()
        demand_passphrase_fit(new)
        self.room.demand_passphrase(old)
        recorded = self._record(_("The passphrase of the store was changed."), by, witness)
        self.room.set_passphrase(new)
        return recorded

    def renew(
        self,
        passphrase: str,
        *,
        by: SignedIn,
        witness: SignedIn | None,
        progress: Progress = silent,
    ) -> Recorded:
        """Give the books another key. Killed in the middle, the home opens and goes on with it.

        Raises OfficerNotAuthorised, SecondOfficerMissing, WrongPassphrase, DiskFull, DiskTrouble.
        """
        _authorise(by, witness)
        self.room.demand_passphrase(passphrase)
        recorded = self._record(_("The books were given another key."), by, witness)
        self.room.renew(passphrase, progress)
        return recorded

    def make_sheet(
        self, *, by: SignedIn, witness: SignedIn | None
    ) -> tuple[Recorded, PrintedSheet]:
        """Draw a recovery sheet, a paper for each half; the sheet before is void.

        The papers lie in a folder of the home until ``destroy_papers``, and no longer than the
        program runs. Raises OfficerNotAuthorised, SecondOfficerMissing, DiskFull, DiskTrouble.
        """
        _authorise(by, witness)
        secret, first, second = recovery_sheets.split(self.chance.bytes)
        said = _("Recovery sheet {sheet} was printed.").format(sheet=isolated(first.sheet))
        self.destroy_papers()
        folder = self.home / FOLDER
        folder.mkdir(mode=0o700)
        try:
            drawn = (self._drawn(first, folder, by), self._drawn(second, folder, by))
            recorded = self._record(said, by, witness)
            self.room.add_sheet(first.sheet, secret)
        except BaseException:
            self.destroy_papers()
            raise
        return recorded, PrintedSheet(first.sheet, drawn)

    def destroy_papers(self) -> None:
        """Overwrite and remove the files of a sheet: they are printed, or nobody asked for them."""
        destroy_papers(self.home)

    def use_keyring(
        self, passphrase: str, *, on: bool, by: SignedIn, witness: SignedIn | None
    ) -> Recorded:
        """Want the secret of this computer's safe beside the passphrase, or want it no more.

        It is turned on only where there is a way back: a lost safe, a dead computer and a backup
        opened elsewhere all want it. Raises NoRecovery, SystemSafeMissing and what the others do.
        """
        _authorise(by, witness)
        state = self.state()
        if on and not state.has_way_back:
            raise NoRecovery
        if on and not state.keyring_possible:
            raise SystemSafeMissing
        self.room.demand_own_secrets()
        self.room.demand_passphrase(passphrase)
        done = _("The store now wants the secret of this computer's keyring.")
        undone = _("The store wants no secret of a keyring any more.")
        recorded = self._record(done if on else undone, by, witness)
        self.room.use_keyring(passphrase, on=on)
        return recorded

    def _record(self, said: str, by: SignedIn, witness: SignedIn | None) -> Recorded:
        assert witness is not None
        subject = f"keys:{new_id(self.clock.now(), self.chance.bytes(10))}"
        drafts = [
            Draft(subject, ActProposed("rotate_keys", plan_of(()), said)),
            Draft(subject, ActSettled("confirmed", said), follows=True),
        ]
        return self.books.record(
            drafts, by=by.id, witnesses=[witness.id], signers=[by.key, witness.key]
        )

    def _drawn(self, half: Half, folder: Path, by: SignedIn) -> Drawn:
        printing = printing_now(self.books, self.clock, by.officer.name)
        site = self.books.reference(self.people.site())
        name = getattr(site.now, "name", "") if site else ""
        paper = half_paper(HalfSheet(half, name, self.people.keys.node), printing)
        drawn = self.press.draw(paper, folder / f"{paper.code}.pdf")
        drawn.file.chmod(0o600)
        return drawn


def demand_passphrase_fit(passphrase: str) -> None:
    """Raise PassphraseTooShort for a passphrase that the key file alone would betray."""
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(LEAST_PASSPHRASE)


def destroy_papers(home: Path) -> None:
    """Overwrite and remove the papers of a recovery sheet that are left in a home."""
    folder = home / FOLDER
    if not folder.is_dir() or folder.is_symlink():
        return
    for file in folder.iterdir():
        if file.is_file() and not file.is_symlink():
            file.write_bytes(bytes(file.stat().st_size))
    shutil.rmtree(folder, ignore_errors=True)


def _authorise(by: SignedIn, witness: SignedIn | None) -> None:
    people.authorise(by.officer, "rotate_keys", witness.officer if witness else None)
