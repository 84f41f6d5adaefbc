"""What a scanned or typed text means: a command, a place, a person, a paper, a weapon, or nothing.

A label is looked at beside what it names: one that was replaced since, and a Data Matrix whose MAC
is not this site's, are told. Neither changes what the scan names: a code authorises nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from stockpile.domain.codes import Code, read_code
from stockpile.domain.command_codes import Command, read_command
from stockpile.domain.errors import (
    DiskFull,
    DiskTrouble,
    TagMistyped,
    WeaponAmbiguous,
    WeaponUnknown,
)
from stockpile.domain.facts import PlaceChanged, PlaceOpened, TagBound
from stockpile.domain.losses import is_lost
from stockpile.domain.paper_seals import SealStanding, Summary
from stockpile.domain.places import Place
from stockpile.domain.tags import is_sealed, read_scan
from stockpile.domain.values import Instant, PersonId, PlaceId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services.hot_list import HotLists
from stockpile.services.lineage import own_nodes
from stockpile.services.paper_index import FoundPaper, PaperIndex
from stockpile.services.ports import Books, Keys
from stockpile.services.tracing import Tracing

_log = logging.getLogger(__name__)

ScanKind = Literal["weapon", "place", "person", "document", "command", "several", "unknown"]
LabelSaid = Literal["", "ours", "void", "foreign"]
"""What a label or the seal of a paper is: ours, replaced since, or with a seal that is not ours."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a text named. ``several`` are the numbers of weapons that it names alike.

    ``alarm`` says that the weapon is reported lost or stolen, here or by the hot list, and
    ``is_certain`` whether it is this very weapon or may be another with the same serial. ``label``
    says of a tag of ours what its label is; one that is void was ``replaced`` at an instant.
    """

    kind: ScanKind
    text: str
    weapon: Weapon | None = None
    place: PlaceId | None = None
    person: PersonId | None = None
    several: tuple[str, ...] = ()
    alarm: Literal["", "lost", "hot_list"] = ""
    is_certain: bool = True
    label: LabelSaid = ""
    replaced: Instant = 0
    document: FoundPaper | None = None
    command: Command | Literal[""] = ""

    @property
    def number(self) -> str:
        """The number of the paper that was scanned."""
        return self.text if self.kind == "document" else ""

    @property
    def paper(self) -> str:
        """What kind of paper was scanned; empty where it stands on no record here."""
        return self.document.kind if self.document else ""


@dataclass(slots=True)
class Alarms:
    """Who is told at once that something on the hot list was read, whichever desk read it.

    They are told on the lane that read it.
    """

    _told: list[Callable[[Scanned], None]] = field(default_factory=list)

    def listen(self, tell: Callable[[Scanned], None]) -> None:
        """Be told from now on."""
        self._told.append(tell)

    def sound(self, scanned: Scanned) -> None:
        """Tell everybody who listens."""
        for tell in self._told:
            tell(scanned)


@dataclass(frozen=True, slots=True)
class Scanning:
    """The scanner's ear. Everything runs on the books lane; nothing is ever created by a scan."""

    books: Books
    tracing: Tracing
    place_scanned: Callable[[str], Place | None]
    person_scanned: Callable[[str], PersonId | None]
    keys: Keys
    papers: PaperIndex
    hot_lists: HotLists | None = None
    alarms: Alarms = field(default_factory=Alarms, repr=False, compare=False)

    def read(self, text: str) -> Scanned:
        """Return what a text names: a place, a person's card, a paper by its number, a weapon.

        A command of the card is none of them and names nothing. Makers', national and IUID codes
        name a weapon by the identifier or the serial in them.
        """
        command = read_command(text)
        if command:
            return Scanned("command", text.strip(), command=command)
        sealed = self.papers.sealed(text)
        if sealed is not None:
            return self._paper(*sealed)
        code = read_code(text)
        said = code.names[0] if code.names else ""
        place = self.place_scanned(said)
        if place is not None:
            return self._labelled(Scanned("place", said, place=place.id))
        person = self.person_scanned(said)
        if person is not None:
            return Scanned("person", said, person=person)
        paper = self.papers.find(said)
        if paper is not None:
            return Scanned("document", paper.number, document=paper)
        return self._labelled(self._warned(self._weapon_in(text, said), code))

    def weapon(self, weapon: WeaponId) -> Scanned:
        """Return a weapon that was picked from a list as if it had been scanned."""
        stands = self.books.weapon(weapon)
        return self._warned(Scanned("weapon", stands.serial.text, stands))

    def label_of(self, text: str, weapon: WeaponId) -> LabelSaid:
        """Return what the label is that found this weapon in a search; no alarm is raised."""
        return self._labelled(Scanned("weapon", text, self.books.weapon(weapon))).label

    def _paper(self, summary: Summary, standing: SealStanding) -> Scanned:
        """Return the paper that a seal names, whether or not it stands on record here."""
        labels: dict[SealStanding, LabelSaid] = {"good": "ours", "forged": "foreign"}
        paper, label = self.papers.find(summary.number), labels.get(standing, "")
        return Scanned("document", summary.number, document=paper, label=label)

    def _weapon_in(self, text: str, said: str) -> Scanned:
        try:
            return Scanned("weapon", said, self.books.weapon(self.tracing.named(text)))
        except WeaponAmbiguous as error:
            return Scanned("several", said, several=error.numbers)
        except WeaponUnknown:
            return Scanned("unknown", said)

    # --- the label --------------------------------------------------------------------------

    def _labelled(self, scanned: Scanned) -> Scanned:
        """Say what the label is, where one of ours was scanned, or what looks like one."""
        try:
            tag, mac = read_scan(scanned.text)
        except TagMistyped:
            return scanned
        is_ours = mac is not None and is_sealed(tag, mac, self.keys.mac)
        if mac is not None and not is_ours and self._is_own(scanned, tag):
            _log.info("scanned a label whose seal is not ours: %s", _subject(scanned))
            return replace(scanned, label="foreign")
        weapon = scanned.weapon
        if weapon is not None and tag in weapon.tags and tag != weapon.tag:
            return replace(scanned, label="void", replaced=self._replaced_at(weapon.id, tag))
        return replace(scanned, label="ours") if is_ours else scanned

    def _is_own(self, scanned: Scanned, tag: str) -> bool:
        """Say whether this node gave the tag: another's is sealed by a key not held here."""
        nodes = own_nodes(self.books, self.keys.node)
        if scanned.weapon is not None:
            bound = self.books.history(scanned.weapon.id)
            return any(
                fact.node in nodes and isinstance(fact.body, TagBound) and fact.body.tag == tag
                for fact in bound
            )
        reference = self.books.reference(scanned.place) if scanned.place else None
        return reference is not None and any(
            head.order[1] in nodes
            and isinstance(head.body, PlaceOpened | PlaceChanged)
            and head.body.tag == tag
            for head in reference.standing
        )

    def _replaced_at(self, weapon: WeaponId, tag: str) -> Instant:
        """Return when another tag was bound after this one."""
        facts = sorted(self.books.history(weapon), key=lambda fact: fact.order)
        bound = [(fact.at, fact.body.tag) for fact in facts if isinstance(fact.body, TagBound)]
        last = max(at for at, (_instant, given) in enumerate(bound) if given == tag)
        return bound[last + 1][0] if last + 1 < len(bound) else 0

    # --- alarms -----------------------------------------------------------------------------

    def _warned(self, scanned: Scanned, code: Code | None = None) -> Scanned:
        """Raise the alarm where the weapon is lost by our own record, or by the hot list.

        An alarm is no fact: what is done about it is one. The log tells of it without a serial.
        """
        weapon = scanned.weapon
        if weapon is not None and is_lost(weapon):
            _log.info("scanned a weapon that is lost on record: %s", weapon.id)
            return replace(scanned, alarm="lost")
        if self.hot_lists is None:
            return scanned
        names = code.names if code else (scanned.text,)
        checks = self.hot_lists.check_text
        hit = self.hot_lists.check(weapon) if weapon else next(filter(None, map(checks, names)), "")
        if not hit:
            return scanned
        _log.info("scanned what is on the hot list: %s, %s", weapon.id if weapon else "?", hit)
        warned = replace(scanned, alarm="hot_list", is_certain=hit == "certain")
        self.alarms.sound(warned)
        self._keep_find(self.hot_lists, names, weapon)
        return warned

    def _keep_find(self, lists: HotLists, names: Sequence[str], weapon: Weapon | None) -> None:
        """Keep what was read until the registry is asked for its record; a full disk stops none."""
        try:
            lists.keep_find(() if weapon else names, weapon)
        except (DiskFull, DiskTrouble) as error:
            _log.info("a find is kept until the program ends only: %s", type(error).__name__)


def _subject(scanned: Scanned) -> str:
    return scanned.weapon.id if scanned.weapon else scanned.place or ""
