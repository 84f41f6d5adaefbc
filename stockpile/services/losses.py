"""The desk where losses and thefts are reported, and where what was lost comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from stockpile.domain import losses, people
from stockpile.domain.errors import (
    CounterEmpty,
    HolderUnknown,
    PhotoDamaged,
    PhotoMissing,
    ReportUnknown,
)
from stockpile.domain.facts import Fact, Horizon, InvestigationOpened, WeaponLost, WeaponRecovered
from stockpile.domain.lives import custody_chain
from stockpile.domain.losses import Loss
from stockpile.domain.moments import moment
from stockpile.domain.numbers import paper_number
from stockpile.domain.values import Instant, OfficerId, PlaceId, WeaponId, new_id
from stockpile.domain.weapons import Custody, Weapon
from stockpile.services.documents import Drawn, Paper, Picture, Press
from stockpile.services.holders import Holders
from stockpile.services.hot_list import HeldList, HotLists
from stockpile.services.loss_papers import LostWeapon, ReportTold, report_paper
from stockpile.services.people import People, SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    Keys,
    Recorded,
    Register,
    RegisterFilter,
    RegisterRow,
)
from stockpile.services.printed import printing_now
from stockpile.services.signing import Second, authorise, sign
from stockpile.services.telling_ahead import seq_at
from stockpile.wording import Names

PRINTED_PHOTOS: Final = 3
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Lasting:
    """Where a weapon was by the last account, with whom, and when somebody last held it.

    ``holder`` is a name, or nothing; ``seen`` an ISO date, or nothing.
    """

    weapon: Weapon
    row: RegisterRow
    account: Custody | None
    place: str
    holder: str
    seen: str


@dataclass(frozen=True, slots=True)
class OpenReport:
    """A report whose weapons, or some of them, are lost still; the ones that came back are not in.

    ``is_sent`` says that a registry's receipt covers it.
    """

    number: str
    body: WeaponLost
    at: Instant
    by: OfficerId | None
    weapons: tuple[RegisterRow, ...]
    is_sent: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """All there is to see of losses: open reports, what came back, what the registry lacks.

    ``finds`` is how much was read here of what others lost, whose record no registry was asked for.
    """

    reports: tuple[OpenReport, ...]
    recovered: tuple[RegisterRow, ...]
    unsent: int
    lists: tuple[HeldList, ...]
    finds: int = 0


@dataclass(frozen=True, slots=True)
class Losses:
    """The desk of losses. Everything but drawing runs on the books lane."""

    books: Books
    register: Register
    people: People
    places: Places
    holders: Holders
    hot_lists: HotLists
    keys: Keys
    clock: Clock
    chance: Chance
    press: Press
    photo: Callable[[str], bytes]
    names: Callable[[], Names]

    def last(self, weapon: WeaponId) -> Lasting:
        """Return the last known of a weapon; raises WeaponUnknown."""
        stands = self.books.weapon(weapon)
        account = losses.before_loss(stands)
        (row,) = self.register.rows([weapon])
        known = self.books.history(weapon)
        holder = self._holder(account)
        return Lasting(
            stands, row, account, self.names().of(account.place) if account else "", holder,
            _seen(known),
        )  # fmt: skip

    def report(
        self,
        weapons: Sequence[WeaponId],
        loss: Loss,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> tuple[Recorded, str]:
        """Report weapons lost or stolen in one act, and return the report's number.

        Each gets an investigation. What is not said is filled in: today, who reports, and when each
        weapon was last in somebody's hands. Raises SecondOfficerMissing, OfficerNotAuthorised,
        CounterEmpty, AlreadyLost, WeaponGone, FieldMissing, FieldUnreadable.
        """
        authorise(by, "report_loss", witness)
        if not weapons:
            raise CounterEmpty
        told = replace(
            loss,
            discovered=loss.discovered or self._today(),
            discoverer=loss.discoverer or by.officer.name,
        )
        losses.demand_told(told)
        number, drafts = self._next_number(), []
        for weapon in self.books.weapons(tuple(dict.fromkeys(weapons))):
            seen = told.verified or _seen(self.books.history(weapon.id))
            drafts.append(losses.report(weapon, replace(told, verified=seen), number))
            drafts.append(losses.investigation(self._new_id(), weapon, told, number))
        recorded = sign(self.books, "report_loss", drafts, by=by, second=witness)
        return recorded, number

    def amend(
        self, number: str, loss: Loss, *, by: SignedIn, witness: Second | None = None
    ) -> Recorded:
        """Say a report anew, for every weapon of it that is lost still; what is empty stays.

        Raises ReportUnknown, SecondOfficerMissing, FieldMissing, FieldUnreadable.
        """
        authorise(by, "report_loss", witness)
        drafts = []
        for row in self.one(number).weapons:
            weapon = self.books.weapon(row.id)
            told = _over(self._body(weapon), loss)
            losses.demand_told(told)
            drafts.append(losses.amend(weapon, told))
        return sign(self.books, "report_loss", drafts, by=by, second=witness)

    def recover(
        self,
        weapons: Sequence[WeaponId],
        place: PlaceId,
        circumstances: str,
        *,
        where: str = "",
        on: str = "",
        by: SignedIn,
    ) -> Recorded:
        """Take lost weapons back into account at a place; raises NotLost, FieldMissing."""
        people.authorise(by.officer, "recover")
        if not weapons:
            raise CounterEmpty
        drafts = [
            losses.recover(one, place, where, on or self._today(), circumstances)
            for one in self.books.weapons(tuple(dict.fromkeys(weapons)))
        ]
        return self.books.record(drafts, by=by.id)

    def overview(self) -> Overview:
        """Return all there is to see of losses."""
        reports = self.open_reports()
        recovered = self.register.page(
            "recorded", 0, _PAGE, RegisterFilter(status="recovered"), falls=True
        )
        lists = self.hot_lists
        return Overview(reports, recovered, len(self.unsent()), lists.held(), len(lists.waiting()))

    def open_reports(self) -> tuple[OpenReport, ...]:
        """Return the reports whose weapons are lost still, the newest first."""
        by_number: dict[str, list[Weapon]] = {}
        for weapon in self._lost():
            account = losses.lost_account(weapon)
            if account is not None:
                by_number.setdefault(account.paper, []).append(weapon)
        unsent = self.unsent()
        made = [self._report(number, found, unsent) for number, found in by_number.items()]
        return tuple(sorted(made, key=lambda one: (one.at, one.number), reverse=True))

    def one(self, number: str) -> OpenReport:
        """Return an open report by its number; raises ReportUnknown."""
        wanted = number.strip().upper()
        for report in self.open_reports():
            if report.number.upper() == wanted:
                return report
        raise ReportUnknown(number)

    def unsent(self) -> frozenset[str]:
        """Return the numbers of this node's reports that no registry's receipt covers yet."""
        return frozenset(
            fact.body.report for fact in self._unsent() if isinstance(fact.body, WeaponLost)
        )

    def paper(self, number: str, *, by: SignedIn) -> Paper:
        """Return the national report of an open report; raises ReportUnknown."""
        report = self.one(number)
        printing = printing_now(self.books, self.clock, by.officer.name)
        weapons = [self._told(row.id) for row in report.weapons]
        fact = self._fact(report)
        told = ReportTold(
            number=report.number,
            body=report.body,
            fact=fact,
            site=self.names().of(self.people.site()),
            names={one.id: one.name for one in self.people.officers()},
            weapons=tuple(weapons),
        )
        return report_paper(told, printing)

    def print(self, number: str, file: Path, *, by: SignedIn) -> Drawn:
        """Draw the national report; raises ReportUnknown, DiskFull, DiskTrouble."""
        return self.press.draw(self.paper(number, by=by), file)

    # --- inside -----------------------------------------------------------------------------

    def _lost(self) -> Iterator[Weapon]:
        """Give every weapon that is lost by one of its accounts."""
        for status in ("lost", "disputed"):
            among, index = RegisterFilter(status=status), 0
            while rows := self.register.page("recorded", index * _PAGE, _PAGE, among):
                found = self.books.weapons([row.id for row in rows])
                yield from (one for one in found if self._told_in(one) is not None)
                index += 1

    def _report(self, number: str, weapons: Sequence[Weapon], unsent: frozenset[str]) -> OpenReport:
        fact = self._lost_fact(weapons[0])
        assert isinstance(fact.body, WeaponLost)
        rows = self.register.rows([one.id for one in weapons])
        return OpenReport(number, fact.body, fact.at, fact.by, rows, number not in unsent)

    def _fact(self, report: OpenReport) -> Fact:
        return self._lost_fact(self.books.weapon(report.weapons[0].id))

    def _lost_fact(self, weapon: Weapon) -> Fact:
        told = self._told_in(weapon)
        assert told is not None
        return told

    def _told_in(self, weapon: Weapon) -> Fact | None:
        """Return the report by which a weapon is lost, if it is."""
        if not losses.is_lost(weapon):
            return None
        return losses.told_in(weapon, self.books.history(weapon.id))

    def _body(self, weapon: Weapon) -> WeaponLost:
        body = self._lost_fact(weapon).body
        assert isinstance(body, WeaponLost)
        return body

    def _told(self, weapon: WeaponId) -> LostWeapon:
        """Return what the paper says of a weapon: as it stood before it was lost."""
        stands = self.books.weapon(weapon)
        known = self.books.history(weapon)
        account = _before(stands, known)
        (row,) = self.register.rows([weapon])
        place = self.names().of(account.place) if account else ""
        body = self._body(stands)
        return LostWeapon(
            stands, row, account, place, self._holder(account), body.verified,
            tuple(self._pictures(stands)),
        )  # fmt: skip

    def _pictures(self, weapon: Weapon) -> Iterator[Picture]:
        for photo in weapon.photos[:PRINTED_PHOTOS]:
            try:
                yield Picture(self.photo(photo.digest), photo.caption)
            except (PhotoMissing, PhotoDamaged):
                continue

    def _holder(self, account: Custody | None) -> str:
        if account is None or account.holder is None:
            return ""
        try:
            return self.holders.one(account.holder).name
        except HolderUnknown:
            return ""

    def _unsent(self) -> tuple[Fact, ...]:
        node = self.keys.node
        acknowledged = max((one.acknowledged for one in self.books.peers()), default=0)
        known = [one for one in self.books.horizons() if one.node != node]
        own = Horizon(node, seq_at(self.books, node, acknowledged))
        return self.books.since([*known, own], (WeaponLost, WeaponRecovered))

    def _next_number(self) -> str:
        opened = (one.opened for one in self.books.references(InvestigationOpened))
        taken = [one.cause for one in opened if isinstance(one, InvestigationOpened)]
        year = datetime.fromtimestamp(self.clock.now() / 1000, UTC).year
        return paper_number("LR", self._site_code(), year, taken)

    def _site_code(self) -> str:
        return self.places.one(self.people.site()).code or self.keys.node[:4].upper()

    def _today(self) -> str:
        return _day(self.clock.now())

    def _new_id(self) -> str:
        return new_id(self.clock.now(), self.chance.bytes(10))


def _over(body: WeaponLost, loss: Loss) -> Loss:
    """Return a report with what is said anew; what is not said stays."""
    names = (one.name for one in fields(Loss))
    said = {name: getattr(loss, name) or getattr(body, name) for name in names}
    return replace(loss, **said)


def _before(weapon: Weapon, known: Sequence[Fact]) -> Custody | None:
    """Return the account that the standing report of a loss replaced, at any remove."""
    lived = [stay.custody for stay in custody_chain(weapon.id, known)]
    return next((one for one in reversed(lived) if one.state != "lost"), None)


def _seen(known: Sequence[Fact]) -> str:
    fact = losses.last_seen(known)
    return _day(losses.seen_at(fact)) if fact else ""


def _day(at: Instant) -> str:
    return moment(at).date().isoformat()
