"""The counter: hand weapons out and take them back, many at once and in one act.

A hand-over is prepared first, so that its receipts have their numbers and words and can be signed;
then it is written down whole, with the officer's signature under the entry. What changed in between
is refused. Either way, the receipts are facts when the method returns: the papers come after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stockpile.domain import issuing, lots, people, receipts
from stockpile.domain.errors import CounterEmpty, HolderUnknown, ReceiptStale
from stockpile.domain.facts import (
    Draft,
    InvestigationOpened,
    KitItem,
    RoundsIssued,
    RoundsReturned,
    WeaponIssued,
    WeaponReturned,
)
from stockpile.domain.holders import Clearance, Holder
from stockpile.domain.issuing import Back, Line, Objection, Terms
from stockpile.domain.lots import RoundsBack, RoundsOut
from stockpile.domain.people import Act
from stockpile.domain.receipts import Signature
from stockpile.domain.values import PersonId, PlaceId, WeaponId, new_id
from stockpile.domain.weapon_types import is_crew_served
from stockpile.domain.weapons import Custody, Weapon
from stockpile.services.ammunition import Ammunition
from stockpile.services.holders import Holders
from stockpile.services.people import People, SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    Recorded,
    Register,
    RegisterFilter,
    RegisterRow,
)
from stockpile.services.receipts import Receipt, Receipts
from stockpile.services.signing import sign
from stockpile.services.slips import (
    UNSIGNED,
    HandOver,
    Patrol,
    Slip,
    handed_as,
    portions,
    slip_of,
)

_PAGE = 500


@dataclass(frozen=True, slots=True)
class OutLine:
    """A weapon that is out: its line, who has it, and whether it is late."""

    row: RegisterRow
    holder: Holder
    is_overdue: bool


def _not_hot(_weapon: Weapon) -> bool:
    return False


Authorise = Callable[[SignedIn, Act, SignedIn | None], None]


def _as_roles_say(by: SignedIn, act: Act, witness: SignedIn | None) -> None:
    people.authorise(by.officer, act, witness.officer if witness else None)


@dataclass(frozen=True, slots=True)
class Issuing:
    """The counter; ``authorise`` knows for which acts this site asks for a second officer."""

    books: Books
    register: Register
    people: People
    places: Places
    holders: Holders
    ammunition: Ammunition
    receipts: Receipts
    clock: Clock
    chance: Chance
    is_hot: Callable[[Weapon], bool] = _not_hot
    authorise: Authorise = _as_roles_say

    # --- handing out ----------------------------------------------------------------------------

    def objections(self, weapon: Weapon, holder: Holder | None) -> tuple[Objection, ...]:
        """Return what stands against handing the weapon to somebody today, worst first."""
        today, clearance = self.now()[: issuing.DATE_LENGTH], None
        if holder is not None:
            clearance = holder.is_cleared_for(weapon.type, weapon.model, today)
        return issuing.objections(
            weapon, clearance, today, self._here(), hot=self.is_hot(weapon),
            holder_overdue=holder is not None and self.is_late(holder.id),
        )  # fmt: skip

    def clearances(self, holder: Holder) -> tuple[tuple[str, Clearance], ...]:
        """Return for what a person is cleared, each with whether it is good today."""
        today = self.now()[: issuing.DATE_LENGTH]
        what = dict.fromkeys(one.what for one in holder.authorisations)
        return tuple((one, holder.is_cleared_for(one, "", today)) for one in what)

    def prepare(self, handed: HandOver, *, by: SignedIn) -> tuple[Slip, ...]:
        """Return the receipts of a hand-over, ready to be signed; nothing is written.

        Raises CounterEmpty, FieldUnreadable (due), NotToBeIssued, OverrideMissing, LotShort,
        HolderUnknown, and OfficerNotAuthorised where something is overridden by who may not.
        """
        people.authorise(by.officer, "issue")
        if not handed.lines and not handed.rounds:
            raise CounterEmpty
        terms = replace(handed.terms, due=issuing.read_due(handed.terms.due, self.now()))
        slips: list[Slip] = []
        taken: list[RoundsOut] = []
        for holder, lines, rounds in portions(handed):
            number = self.receipts.next_number("issue", [one.content.number for one in slips])
            receipt = self._new_id()
            drafts = [self._issued(one, terms, receipt, by) for one in lines]
            drafts += [self._rounds_out(one, taken, receipt) for one in rounds]
            signer = handed.leader or holder
            slips.append(slip_of(receipt, number, "issue", holder, signer, handed.patrol, drafts))
        return tuple(slips)

    def sign(self, slip: Slip, pin: str) -> Signature:
        """Return the receiver's own signature over a receipt's words.

        Raises HolderWithoutPin, WrongPin, PinTooSoon.
        """
        if slip.signer is None:
            raise HolderUnknown("")
        words = receipts.words(slip.content)
        public_key, signature = self.holders.sign(slip.signer, pin, words)
        return Signature("pin", slip.signer, public_key, signature)

    def issue(
        self,
        slips: Sequence[Slip],
        signatures: Mapping[str, Signature],
        *,
        by: SignedIn,
        witness: SignedIn | None = None,
    ) -> tuple[Recorded, tuple[str, ...]]:
        """Write a prepared hand-over down in one act and return the ids of its receipts.

        ``signatures`` are by the receipt's id; one without is unsigned. Raises ReceiptStale where
        something changed since it was prepared, ReceiptForged for a signature under other words,
        SecondOfficerMissing where a crew-served weapon wants two officers at this site.
        """
        people.authorise(by.officer, "issue")
        drafts: list[Draft] = []
        if self._is_crew_served(slips):
            self.authorise(by, "issue_crew_served", witness)
        for slip in slips:
            self._demand_fresh(slip)
            given = signatures.get(slip.receipt, UNSIGNED)
            signature = replace(given, signer=given.signer or slip.signer)
            drafts += slip.drafts
            drafts.append(
                receipts.signed(slip.receipt, slip.content, signature, slip.holder, slip.patrol)
            )
        recorded = sign(self.books, "issue_crew_served", drafts, by=by, second=witness)
        return recorded, tuple(slip.receipt for slip in slips)

    # --- taking back ----------------------------------------------------------------------------

    def kit_out(self, weapon: Weapon) -> tuple[KitItem, ...]:
        """Return what was handed over with a weapon that is out."""
        out = issuing.whose(weapon)
        if out is None:
            return ()
        history = ((one.hash, one.body) for one in self.books.history(weapon.id))
        body = issuing.issue_of(out, history)
        return body.kit if body else ()

    def take_back(
        self,
        backs: Sequence[Back],
        rounds: Sequence[RoundsBack] = (),
        *,
        by: SignedIn,
        bearer: PersonId | None = None,
    ) -> tuple[Recorded, str]:
        """Take weapons and rounds back in one act, signed by the officer; return the receipt's id.

        What is short opens an investigation. ``bearer`` is who brings it, where that is said.
        Raises CounterEmpty, WeaponNotOut, RoundsTooMany.
        """
        people.authorise(by.officer, "issue")
        if not backs and not rounds:
            raise CounterEmpty
        receipt, site = self._new_id(), self.people.site()
        stand = self.books.weapons([one.weapon for one in backs])
        pairs = list(zip(stand, backs, strict=True))
        moved = [issuing.returned(weapon, back, receipt, site) for weapon, back in pairs]
        moved += list(self._rounds_back(rounds, receipt))
        number = self.receipts.next_number("return")
        holder = bearer or _only(map(issuing.whose, stand))
        slip = slip_of(receipt, number, "return", holder, None, "", moved)
        words = receipts.words(slip.content)
        public_key, signature = by.officer.public_key.hex(), by.key.sign(words).hex()
        signed = Signature("pin", None, public_key, signature)
        drafts = [
            *moved,
            receipts.signed(receipt, slip.content, signed, holder),
            *self._investigations(receipt, moved),
        ]
        return self.books.record(drafts, by=by.id, signers=[by.key]), receipt

    # --- who has what ---------------------------------------------------------------------------

    def out(self, holder: PersonId | None = None) -> tuple[OutLine, ...]:
        """Return what is out now, with everybody or one person; what is late comes first."""
        among = RegisterFilter(status="issued", holder=holder or "")
        now, people_ = self.now(), dict[str, Holder]()
        lines = []
        for row in self._rows(among):
            who = people_.get(row.holder) or self._person(row.holder)
            people_[row.holder] = who
            lines.append(OutLine(row, who, issuing.is_overdue(row.due, now)))
        return tuple(sorted(lines, key=_by_urgency))

    def overdue(self) -> tuple[OutLine, ...]:
        """Return what is late."""
        return tuple(one for one in self.out() if one.is_overdue)

    def is_late(self, holder: PersonId) -> bool:
        """Say whether a person has something that is late."""
        now = self.now()
        among = RegisterFilter(
            status="issued", holder=holder, due_by=now[: issuing.DATE_LENGTH]
        )  # fmt: skip
        return any(issuing.is_overdue(row.due, now) for row in self._rows(among))

    def patrols(self, limit: int = 5) -> tuple[Patrol, ...]:
        """Return the last hand-overs of several weapons, newest first; each patrol once."""
        found: dict[object, Receipt] = {}
        for receipt in self.receipts.latest("issue", 2 * limit, several=True):
            key = receipt.body.patrol.casefold() or receipt.body.weapons
            found.setdefault(key, receipt)
        return tuple(Patrol(one, handed_as(one)) for one in tuple(found.values())[:limit])

    def now(self) -> str:
        """Return the time at this desk: ``YYYY-MM-DD HH:MM``."""
        return issuing.local_minute(self.clock.now(), self.clock.zone())

    # --- inside ---------------------------------------------------------------------------------

    def _issued(self, line: Line, terms: Terms, receipt: str, by: SignedIn) -> Draft:
        weapon, holder = self.books.weapon(line.weapon), self.holders.known(line.holder)
        against = self.objections(weapon, holder)
        issuing.demand_issuable(weapon, against, line.override)
        if against:
            people.authorise(by.officer, "override")
        return issuing.issued(weapon, line, terms, receipt, overrides=bool(against))

    def _is_crew_served(self, slips: Sequence[Slip]) -> bool:
        weapons = [
            WeaponId(one.subject)
            for slip in slips
            for one in slip.drafts
            if isinstance(one.body, WeaponIssued)
        ]
        return any(is_crew_served(one.type) for one in self.books.weapons(weapons))

    def _rounds_out(self, out: RoundsOut, taken: list[RoundsOut], receipt: str) -> Draft:
        """Let rounds go out; what other lines of the same hand-over took is gone already."""
        lot = lots.less(self.ammunition.one(out.lot), taken)
        self.holders.known(out.holder)
        draft = lots.issue(self._new_id(), lot, out, receipt)
        taken.append(out)
        return draft

    def _rounds_back(self, rounds: Sequence[RoundsBack], receipt: str) -> Iterator[Draft]:
        holders = {one.holder for one in rounds}
        known = (one for holder in sorted(holders) for one in self.ammunition.held(holder))
        held = {(one.lot.id, one.holder): one.quantity for one in known}
        for back in rounds:
            key = (back.lot, back.holder)
            lot = self.ammunition.one(back.lot)
            yield lots.take_back(self._new_id(), lot, back, held.get(key, 0), receipt)
            held[key] = held.get(key, 0) - back.accounted

    def _investigations(self, receipt: str, moved: Sequence[Draft]) -> Iterator[Draft]:
        """Open a case for each weapon that came without its kit and each lot with rounds short."""
        for draft in moved:
            match draft.body:
                case WeaponReturned() as body if body.short:
                    said = ", ".join(f"{one.kind} {one.count}" for one in body.short)
                    case_ = InvestigationOpened("kit", receipt, draft.subject, body.place, said)
                    yield Draft(self._new_id(), case_)
                case RoundsReturned() as body if body.short:
                    case_ = InvestigationOpened("rounds", receipt, said=str(body.short))
                    yield Draft(self._new_id(), case_)

    def _demand_fresh(self, slip: Slip) -> None:
        number = slip.content.number
        stale = self.receipts.is_taken(number)
        for draft in slip.drafts:
            if isinstance(draft.body, WeaponIssued):
                heads = self.books.weapon(WeaponId(draft.subject)).heads.custody
                stale = stale or heads != draft.replaces
            if isinstance(draft.body, RoundsIssued):
                left = self.ammunition.one(draft.body.lot).quantity
                stale = stale or (left is not None and left < draft.body.quantity)
        if stale:
            raise ReceiptStale(number)

    def _here(self) -> frozenset[PlaceId]:
        """Return every place of this site."""
        return frozenset(branch_of(self.people.site(), self.places))

    def _rows(self, among: RegisterFilter) -> Iterator[RegisterRow]:
        for page in range(-(-self.register.count(among) // _PAGE)):
            yield from self.register.page("serial", page, _PAGE, among)

    def _person(self, holder: str) -> Holder:
        try:
            return self.holders.one(PersonId(holder))
        except HolderUnknown:
            return Holder(PersonId(holder))

    def _new_id(self) -> str:
        return new_id(self.clock.now(), self.chance.bytes(10))


def branch_of(root: PlaceId, places: Places) -> Iterator[PlaceId]:
    """Give a place and all that is within it, at any depth."""
    within: dict[PlaceId | None, list[PlaceId]] = {}
    for one in places.all():
        within.setdefault(one.within, []).append(one.id)
    waiting = [root]
    while waiting:
        place = waiting.pop()
        yield place
        waiting += within.get(place, [])


def _only(custodies: Iterable[Custody | None]) -> PersonId | None:
    """Return whose all of it was, where it was one person's."""
    holders = {one.holder for one in custodies if one is not None}
    return holders.pop() if len(holders) == 1 else None


def _by_urgency(line: OutLine) -> tuple[bool, str, str]:
    return not line.is_overdue, line.row.due or "9", line.row.serial
