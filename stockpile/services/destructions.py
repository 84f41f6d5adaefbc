"""Destruction: ordered from the register, read weapon by weapon at the site, certified by two.

Every reading at the site is a fact of its own, durable when ``read`` returns; the list is rebuilt
from the facts, so that the work goes on after a restart where it stopped. The end of every weapon
and its certificate are one act.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from stockpile.domain import destruction, destruction_site, people
from stockpile.domain.custody import demand_in_store
from stockpile.domain.destruction import Caution, Destruction
from stockpile.domain.destruction_site import Certification, Check, How, SiteList
from stockpile.domain.errors import (
    CustodyDisputed,
    DestructionOrderedAlready,
    DestructionUnknown,
    OfficerNotAuthorised,
    WeaponElsewhere,
    WeaponGone,
)
from stockpile.domain.facts import (
    DestructionCertified,
    DestructionOrdered,
    DestructionVerified,
    Horizon,
    InvestigationOpened,
)
from stockpile.domain.issuing import DATE_LENGTH
from stockpile.domain.numbers import registry_number
from stockpile.domain.places import Branch
from stockpile.domain.values import OfficerId, WeaponId, is_id, new_id, search_key
from stockpile.domain.weapons import Weapon
from stockpile.language import speaking
from stockpile.services.destruction_papers import (
    DestructionFile,
    DoomedLine,
    certificate_paper,
    list_paper,
)
from stockpile.services.documents import Drawn, Paper, Press
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.people import SignedIn
from stockpile.services.places import known_names
from stockpile.services.ports import Books, Chance, Clock, Recorded
from stockpile.services.printed import among_papers, printing_now
from stockpile.services.scanning import Scanned, Scanning
from stockpile.services.signing import Second, authorise, sign

ORDER, CERTIFICATE = "DO", "DC"
LATEST: Final = 200
_NOTHING: Final = Recorded((), ())

Outcome = Literal[
    "verified", "twice", "kept", "not_listed", "elsewhere", "disputed", "gone", "lost", "hot",
    "unknown", "several", "other",
]  # fmt: skip
"""What a reading came to. Elsewhere is a listed weapon that lies in no place of ours on record;
lost and hot are alarms, and nothing is written; other is a place, a person or a paper."""


_NOT_THERE: Final[Mapping[type, Outcome]] = {
    CustodyDisputed: "disputed", WeaponGone: "gone", WeaponElsewhere: "elsewhere",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading came to, and how the list stands after it.

    ``scanned`` says of its label what is wrong with it, and raises the alarm where another weapon
    with such a serial is looked for.
    """

    outcome: Outcome
    scanned: Scanned
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An order as a list of orders shows it: how many of its weapons are read, how many kept."""

    stands: Destruction
    verified: int = 0
    kept: int = 0

    @property
    def count(self) -> int:
        """How many weapons are on its list."""
        return len(self.stands.ordered.weapons)

    @property
    def missing(self) -> int:
        """How many are neither read nor kept yet."""
        return self.count - self.verified - self.kept


@dataclass(frozen=True, slots=True)
class Destructions:
    """The desk of destruction. Everything but ``draw`` runs on the books lane."""

    home: Path
    books: Books
    scanning: Scanning
    numbers: PaperNumbers
    press: Press
    clock: Clock
    chance: Chance

    # --- ordering -------------------------------------------------------------------------------

    def cautions(self, said: DestructionOrdered) -> tuple[Caution, ...]:
        """Return what an officer should know before signing; raises what ``order`` raises."""
        weapons = self.books.weapons(tuple(dict.fromkeys(said.weapons)))
        destruction.ordered("", said, weapons)
        self._demand_free(weapons)
        return destruction.cautions(said, weapons, self._investigated())

    def order(self, said: DestructionOrdered, *, by: SignedIn) -> tuple[Recorded, Destruction]:
        """Order weapons to be destroyed; the number is made here, the officer signs.

        Raises OfficerNotAuthorised, DestructionOrderedAlready and what the rules of
        ``destruction`` say.
        """
        people.authorise(by.officer, "order_destruction")
        weapons = self.books.weapons(tuple(dict.fromkeys(said.weapons)))
        self._demand_free(weapons)
        order_id = new_id(self.clock.now(), self.chance.bytes(10))
        numbered = replace(said, number=self.numbers.next(ORDER, DestructionOrdered))
        draft = destruction.ordered(order_id, numbered, weapons)
        return self.books.record([draft], by=by.id, signers=[by.key]), self.one(order_id)

    def add(
        self, text: str, weapons: Sequence[WeaponId], *, by: SignedIn
    ) -> tuple[Recorded, Destruction]:
        """Put weapons on the list of an order of which none was read yet."""
        stands = self.one(text)
        new = tuple(one for one in weapons if one not in stands.ordered.weapons)
        self._demand_free(self.books.weapons(new))
        listed = (*stands.ordered.weapons, *new)
        return self.change(text, replace(stands.ordered, weapons=listed), by=by)

    def remove(
        self, text: str, weapons: Sequence[WeaponId], *, by: SignedIn
    ) -> tuple[Recorded, Destruction]:
        """Take weapons off the list of an order of which none was read yet."""
        stands, off = self.one(text), frozenset(weapons)
        left = tuple(one for one in stands.ordered.weapons if one not in off)
        return self.change(text, replace(stands.ordered, weapons=left), by=by)

    def change(
        self, text: str, said: DestructionOrdered, *, by: SignedIn
    ) -> tuple[Recorded, Destruction]:
        """Say an order anew; its list stands from the first reading at the site on.

        Raises OfficerNotAuthorised, DestructionUnknown, DestructionClosed, DestructionBegun and
        what the rules of ``destruction`` say.
        """
        people.authorise(by.officer, "order_destruction")
        site = self.site(text)
        weapons = self.books.weapons(tuple(dict.fromkeys(said.weapons)))
        draft = destruction.change(site.stands, said, weapons, begun=site.is_begun)
        recorded = self.books.record([draft], by=by.id, signers=[by.key])
        return recorded, self.one(site.stands.id)

    def withdraw(self, text: str, reason: str, *, by: SignedIn) -> tuple[Recorded, Destruction]:
        """Take an order back before anything is destroyed.

        Raises OfficerNotAuthorised, DestructionUnknown, DestructionClosed, ReasonMissing.
        """
        people.authorise(by.officer, "order_destruction")
        stands = self.one(text)
        recorded = self.books.record([destruction.withdraw(stands, reason)], by=by.id)
        return recorded, self.one(stands.id)

    # --- at the site ----------------------------------------------------------------------------

    def site(self, text: str) -> SiteList:
        """Return the list at the site, rebuilt from the facts; raises DestructionUnknown.

        A reading whose weapon moved since is open again, until the order is certified.
        """
        stands = self.one(text)
        known = [Horizon(stands.node, stands.seq)]
        site = SiteList(stands, self.books.since(known, [DestructionVerified]))
        if stands.state == "open":
            read = [one.weapon for one in site.of("verified")]
            for weapon in self.books.weapons(read):
                site.look_at(weapon)
        return site

    def read(
        self, site: SiteList, text: str, *, by: SignedIn, how: How = "scan"
    ) -> tuple[Recorded, Reading]:
        """Write down that a weapon was read at the site; whatever else it is, is only told.

        Of several weapons with one serial none is chosen: its label or number says which it is.
        Raises OfficerNotAuthorised, DestructionClosed.
        """
        _demand_destroyer(by)
        destruction.demand_open(site.stands)
        scanned = self.scanning.read(text)
        if scanned.weapon is None:
            return _NOTHING, Reading(_no_weapon(scanned), scanned)
        weapon = self.books.weapon(scanned.weapon.id)
        check = site.checks.get(WeaponId(weapon.id))
        outcome = _outcome(scanned, weapon, check)
        if outcome != "verified":
            return _NOTHING, Reading(outcome, scanned, check)
        draft = destruction_site.verified(site.stands, weapon, scanned.text, how)
        recorded = self.books.record([draft], by=by.id)
        return recorded, Reading(outcome, scanned, self._learnt(site, recorded))

    def keep(
        self, site: SiteList, weapons: Sequence[WeaponId], reason: str, *, by: SignedIn
    ) -> Recorded:
        """Keep listed weapons from destruction, for one reason.

        Raises OfficerNotAuthorised, NotOnDestructionList, ReasonMissing, DestructionClosed.
        """
        _demand_destroyer(by)
        known = self.books.weapons(tuple(dict.fromkeys(weapons)))
        drafts = [destruction_site.kept(site.stands, one, reason) for one in known]
        recorded = self.books.record(drafts, by=by.id)
        self._learnt(site, recorded)
        return recorded

    def reopen(self, site: SiteList, weapons: Sequence[WeaponId], *, by: SignedIn) -> Recorded:
        """Take back that weapons were read, or are kept.

        Raises OfficerNotAuthorised, NotOnDestructionList, DestructionClosed.
        """
        _demand_destroyer(by)
        known = self.books.weapons(tuple(dict.fromkeys(weapons)))
        drafts = [destruction_site.reopened(site.stands, one) for one in known]
        recorded = self.books.record(drafts, by=by.id)
        self._learnt(site, recorded)
        return recorded

    def certify(
        self, text: str, said: Certification, *, by: SignedIn, witness: Second | None = None
    ) -> tuple[Recorded, Destruction]:
        """Certify what was destroyed, in one act: two officers sign, every weapon's end is written.

        The date is today's where none is said; what else is not said is as it was ordered. Raises
        OfficerNotAuthorised, SecondOfficerMissing and what the rules of ``destruction`` say.
        """
        authorise(by, "destroy", witness)
        site = self.site(text)
        told = replace(said, on=said.on or self.numbers.now()[:DATE_LENGTH])
        number = self.numbers.next(CERTIFICATE, DestructionOrdered)
        doomed = [one.weapon for one in site.of("verified")]
        weapons = {WeaponId(one.id): one for one in self.books.weapons(doomed)}
        drafts = destruction_site.certify(site, weapons, told, number)
        recorded = sign(self.books, "destroy", drafts, by=by, second=witness)
        return recorded, self.one(site.stands.id)

    # --- looking --------------------------------------------------------------------------------

    def one(self, text: str) -> Destruction:
        """Return the order of this number, certificate or id; raises DestructionUnknown."""
        reference = self.books.reference(text) if is_id(text) else None
        reference = reference or self.numbers.numbered(text, DestructionOrdered)
        found = destruction.destruction_of(reference) if reference else None
        if found is None:
            raise DestructionUnknown(text)
        return found

    def latest(self, limit: int = LATEST) -> tuple[Listed, ...]:
        """Return the newest orders, the open ones first, with how far each has come."""
        found = self.books.references(DestructionOrdered, newest=limit)
        stands = [one for one in map(destruction.destruction_of, found) if one is not None]
        listed = [*self._open(stands), *(_ended(one) for one in stands if one.state != "open")]
        return tuple(listed)

    def lines(self, site: SiteList) -> tuple[DoomedLine, ...]:
        """Return the weapons of a list in the order of the places they lie in."""
        ranks = {one.place.id: at for at, one in enumerate(_walked(self.numbers.places.tree()))}
        said = {one.id: self.numbers.places.said(one) for one in self.numbers.places.all()}
        weapons = self.books.weapons(tuple(site.checks))
        ranked = sorted(
            weapons,
            key=lambda one: (
                ranks.get(one.place, len(ranks)) if one.place else len(ranks) + 1,
                said.get(one.place, "") if one.place else "",
                search_key(one.serial.text), one.id,
            ),
        )  # fmt: skip
        return tuple(
            DoomedLine(
                registry_number(WeaponId(one.id)),
                one,
                said.get(one.place, "") if one.place else "",
                site.checks[WeaponId(one.id)],
            )
            for one in ranked
        )

    # --- papers ---------------------------------------------------------------------------------

    def file(self, text: str) -> DestructionFile:
        """Return all that the papers of an order say; raises DestructionUnknown."""
        site = self.site(text)
        facts = self.books.history(site.stands.id)
        names = known_names(self.books)
        said = [one for one in facts if isinstance(one.body, DestructionOrdered)]
        ended = [one for one in facts if isinstance(one.body, DestructionCertified)]
        return DestructionFile(
            site.stands,
            self.lines(site),
            self.numbers.places.one(self.numbers.people.site()).name,
            {OfficerId(one): name for one, name in names.items()},
            said[-1],
            ended[-1] if ended else None,
        )

    def paper(self, text: str, *, by: SignedIn, certificate: bool = False) -> Paper:
        """Return the list of an order, or its certificate once there is one.

        Raises DestructionUnknown, also for the certificate of what is not certified.
        """
        file = self.file(text)
        printing = printing_now(self.books, self.clock, by.officer.name)
        if not certificate:
            return list_paper(file, printing)
        if file.stands.certified is None:
            raise DestructionUnknown(text)
        return certificate_paper(file, printing)

    def draw(self, paper: Paper, to: Path | None = None) -> Drawn:
        """Draw a paper into the folder of papers, or where it is said; touches no books.

        Raises DiskFull, DiskTrouble.
        """
        if to is None:
            to = among_papers(self.home, paper.code)
        return self.press.draw(paper, to)

    def print(
        self,
        text: str,
        *,
        by: SignedIn,
        certificate: bool = False,
        language: str = "",
        to: Path | None = None,
    ) -> Drawn:
        """Make a paper in a language, and draw it; raises as ``paper`` and ``draw``."""
        with speaking(language):
            return self.draw(self.paper(text, by=by, certificate=certificate), to)

    # --- inside ---------------------------------------------------------------------------------

    def _open(self, stands: Sequence[Destruction]) -> Iterator[Listed]:
        """Give the open orders with how far they are, by one look at what was said at the sites."""
        open_ones = [one for one in stands if one.state == "open"]
        if not open_ones:
            return
        nodes = {one.node for one in open_ones}
        first = min(open_ones, key=lambda one: one.seq)  # in its own chain nothing came before
        known = [Horizon(first.node, first.seq)] if len(nodes) == 1 else []
        facts = self.books.since(known, [DestructionVerified])
        for one in open_ones:
            site = SiteList(one, facts)
            yield Listed(one, site.count("verified"), site.count("kept"))

    def _demand_free(self, weapons: Sequence[Weapon]) -> None:
        """Raise DestructionOrderedAlready for a weapon that is on the list of an open order."""
        taken = {
            weapon: one.ordered.number
            for one in map(destruction.destruction_of, self.books.references(DestructionOrdered))
            if one is not None and one.state == "open"
            for weapon in one.ordered.weapons
        }
        for weapon in weapons:
            number = taken.get(WeaponId(weapon.id))
            if number is not None:
                named = weapon.serial.text or weapon.tag or weapon.id
                raise DestructionOrderedAlready(named, number)

    def _investigated(self) -> frozenset[WeaponId]:
        """Return the weapons about which an investigation is open."""
        found = (one for one in self.books.references(InvestigationOpened) if not one.is_closed)
        opened = (one.opened for one in found)
        return frozenset(
            WeaponId(one.weapon)
            for one in opened
            if isinstance(one, InvestigationOpened) and one.weapon
        )

    def _learnt(self, site: SiteList, recorded: Recorded) -> Check | None:
        """Take what was written into the list; return how the last weapon of it stands."""
        check = None
        for fact in recorded.facts:
            check = site.take(fact) or check
        return check


def _ended(stands: Destruction) -> Listed:
    said = stands.certified
    return Listed(stands, len(said.destroyed), len(said.kept)) if said else Listed(stands)


def _no_weapon(scanned: Scanned) -> Outcome:
    if scanned.alarm:
        return "hot"
    if scanned.kind in ("several", "unknown"):
        return "several" if scanned.kind == "several" else "unknown"
    return "other"


def _outcome(scanned: Scanned, weapon: Weapon, check: Check | None) -> Outcome:
    """Return what reading a weapon comes to: an alarm first, then whether it is listed at all."""
    if scanned.alarm == "lost":
        return "lost"
    if scanned.alarm and scanned.is_certain:
        return "hot"
    if check is None:
        return "not_listed"
    if check.state == "kept":
        return "kept"
    held = set(weapon.heads.custody).issubset(check.saw)
    return "twice" if check.state == "verified" and held else _there(weapon)


def _there(weapon: Weapon) -> Outcome:
    """Return whether a weapon lies in a place of ours, and so may be destroyed."""
    try:
        demand_in_store(weapon)
    except (CustodyDisputed, WeaponGone, WeaponElsewhere) as error:
        return _NOT_THERE[type(error)]
    return "verified"


def _demand_destroyer(by: SignedIn) -> None:
    """Raise OfficerNotAuthorised unless the officer may be one of the two who destroy.

    Reading at the site needs no second officer; the certificate does.
    """
    if not by.officer.may("destroy"):
        raise OfficerNotAuthorised(by.officer.name, "destroy")


def _walked(branches: Sequence[Branch]) -> Iterator[Branch]:
    """Give every place in the order of the plan, what is in it after itself."""
    for one in branches:
        yield one
        yield from _walked(one.branches)
