"""What a request to trace must say, and what may be noted to it between question and answer.

1. A request goes from State to State about one weapon, found illicit. Before it is sent it says
   what the Tracing Instrument asks (2005, contents of paragraphs 14 to 23 well known, their exact
   numbers less so): the ground that makes the weapon illicit and its legal basis, the marks, and
   the intended use of what is learnt. Type, calibre and circumstances go in as far as is possible.
2. The weapon is searched for in the registers of one's own State first (A/75/78, paragraph 119, as
   good practice). Photos go with it, or it says why not.
3. What came in is on record as it came: a deficient request is answered by asking for more.
4. What was sent stands as it was sent. It is acknowledged, reminded of, answered, or withdrawn.
5. An answer may be delayed, restricted or refused on four grounds, and the ground is given.
6. The Instrument sets no number of days. How long to wait is the house's own rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from stockpile.domain.dates import is_date, read_date
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    ReasonMissing,
    TraceRequestClosed,
    TraceRequestIncomplete,
    TraceRequestSent,
    TraceRequestUnsent,
)
from stockpile.domain.facts import (
    Draft,
    Fact,
    Mark,
    TraceAnswered,
    TraceAsked,
    TraceRequestAnswered,
    TraceRequestMade,
    TraceRequestNoted,
)
from stockpile.domain.values import Digest, WeaponId, tidied
from stockpile.domain.vocabulary import GROUNDS
from stockpile.domain.weapons import Weapon

Step = Literal["sent", "acknowledged", "reminded", "withdrawn"]
Outcome = Literal[
    "traced_domestic", "traced_foreign", "partly_traced", "not_traced", "refused", "delayed",
    "no_reply",
]  # fmt: skip
State = Literal[
    "draft", "received", "sent", "acknowledged", "delayed", "answered", "refused", "no_reply",
    "withdrawn",
]  # fmt: skip

STEPS: Final[tuple[Step, ...]] = get_args(Step)
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
REFUSALS: Final = ("investigation", "confidential", "no_guarantee", "security")
"""Grounds to delay, restrict or refuse an answer, as the Tracing Instrument lists them."""
OWN_DAYS: Final = 30
"""Days to wait before a request is late: ours, for no instrument sets any."""
MOST_PHOTOS: Final = 6

_TRACED: Final = frozenset({"traced_domestic", "traced_foreign", "partly_traced"})
_HELD_BACK: Final = frozenset({"refused", "delayed"})
_ENDS: Final = frozenset({"answered", "refused", "no_reply", "withdrawn"})
_NEEDED: Final = ("ground", "basis", "intended_use", "searched_on", "searched")
_AS_FAR_AS_POSSIBLE: Final = ("make", "type", "calibre", "country", "circumstances")


@dataclass(frozen=True, slots=True)
class TraceRequest:
    """A request as it stands: what it says, what was noted since, and what came of it.

    An answer that is only delayed ends nothing. ``notes`` are in the order they became known.
    """

    id: str
    said: TraceRequestMade
    heads: tuple[Digest, ...]
    notes: tuple[TraceRequestNoted, ...] = ()
    answer: TraceRequestAnswered | None = None

    @property
    def state(self) -> State:
        """Return how it stands in one word."""
        steps = {one.step for one in self.notes}
        if self.answer is not None and self.answer.outcome != "delayed":
            ends: dict[str, State] = {"refused": "refused", "no_reply": "no_reply"}
            return ends.get(self.answer.outcome, "answered")
        if "withdrawn" in steps:
            return "withdrawn"
        if self.answer is not None:
            return "delayed"
        if "acknowledged" in steps:
            return "acknowledged"
        if "sent" in steps:
            return "sent"
        return "draft" if self.said.direction == "out" else "received"

    @property
    def is_closed(self) -> bool:
        """Say whether nothing more is to come."""
        return self.state in _ENDS

    @property
    def since(self) -> str:
        """Return the date since which it waits: its last step, or its arrival; "" for a draft."""
        if self.is_closed or self.state == "draft":
            return ""
        dates = [one.on for one in self.notes]
        if self.answer is not None:
            dates.append(self.answer.on)
        return max((one for one in dates if is_date(one)), default=self.said.on)

    def day_of(self, step: Step) -> str:
        """Return the date on which a step was taken last, or ""."""
        return next((one.on for one in reversed(self.notes) if one.step == step), "")

    def waiting(self, today: str) -> int:
        """Return for how many days nothing has happened, on an ISO date; 0 where none waits."""
        if not (is_date(self.since) and is_date(today)):
            return 0
        return max(0, (dt.date.fromisoformat(today) - dt.date.fromisoformat(self.since)).days)

    def is_late(self, today: str, days: int = OWN_DAYS) -> bool:
        """Say whether nothing has happened for more than so many days."""
        return self.waiting(today) > days


def trace_request_of(request_id: str, known: Iterable[Fact]) -> TraceRequest | None:
    """Return the request that its facts tell; None while its opening has not come.

    Facts come in causal order. Of two answers that did not know each other the later one stands.
    """
    facts = tuple(known)
    said = [one.body for one in facts if isinstance(one.body, TraceRequestMade)]
    if not said:
        return None
    replaced = {each for one in facts for each in one.replaces}
    answers = [one.body for one in facts if isinstance(one.body, TraceRequestAnswered)]
    return TraceRequest(
        request_id,
        said[-1],
        tuple(one.hash for one in facts if one.hash not in replaced),
        tuple(one.body for one in facts if isinstance(one.body, TraceRequestNoted)),
        answers[-1] if answers else None,
    )


# --- what it says ---------------------------------------------------------------------------


def told_by(weapon: Weapon) -> TraceRequestMade:
    """Return a request about a weapon on record, to be completed: its marks as they were read."""
    ours = (
        Mark("applied", one.text, component=one.component, position=one.position)
        for one in weapon.standing_marks
    )
    read = {one.text for one in weapon.marks}
    return TraceRequestMade(
        "",
        weapon=WeaponId(weapon.id),
        marks=(*weapon.marks, *(one for one in ours if one.text not in read)),
        type=weapon.type,
        make=weapon.make,
        model=weapon.model,
        calibre=weapon.calibre,
        country=weapon.country,
        photos=tuple(one.digest for one in weapon.photos[:MOST_PHOTOS]),
    )


def make(request_id: str, said: TraceRequestMade, weapon: Weapon | None, today: str) -> list[Draft]:
    """Put a request on record, and on the weapon's record where there is one.

    Raises FieldMissing (by_state, of_state, marks), FieldUnreadable.
    """
    whole = _demanded(replace(said, on=said.on.strip() or today))
    drafts = [Draft(request_id, whole)]
    if weapon is not None:
        asked = TraceAsked(whole.number, whole.by_state, whole.of_state, whole.ground)
        drafts.append(Draft(weapon.id, asked))
    return drafts


def amend(stands: TraceRequest, said: TraceRequestMade) -> Draft:
    """Say a request anew, before it is sent or acknowledged.

    Raises TraceRequestClosed, TraceRequestSent, and what ``make`` raises.
    """
    _demand_open(stands)
    if stands.state not in ("draft", "received"):
        raise TraceRequestSent(stands.said.number)
    old = stands.said
    kept = replace(
        said,
        number=old.number,
        direction=old.direction,
        weapon=old.weapon,
        on=said.on.strip() or old.on,
    )
    return Draft(stands.id, _demanded(kept), stands.heads)


def lacking(said: TraceRequestMade) -> tuple[str, ...]:
    """Return the fields without which a request is not sent, in the order of the form."""
    return tuple(_lacking(said))


def advised(said: TraceRequestMade) -> tuple[str, ...]:
    """Return the fields that a request gives as far as is possible, and that it leaves out."""
    return tuple(name for name in _AS_FAR_AS_POSSIBLE if not getattr(said, name))


def _lacking(said: TraceRequestMade) -> Iterator[str]:
    if not any(one.text or one.symbol for one in said.marks):
        yield "marks"
    yield from (name for name in _NEEDED if not getattr(said, name))
    if not said.photos and not said.without_photos:
        yield "without_photos"


def _demanded(said: TraceRequestMade) -> TraceRequestMade:
    whole = replace(
        said,
        by_state=tidied(said.by_state),
        of_state=tidied(said.of_state),
        contact=said.contact.strip(),
        make=tidied(said.make),
        model=tidied(said.model),
        calibre=tidied(said.calibre),
        country=tidied(said.country),
        basis=said.basis.strip(),
        circumstances=said.circumstances.strip(),
        intended_use=said.intended_use.strip(),
        restrictions=said.restrictions.strip(),
        searched_on=_date("searched_on", said.searched_on),
        searched_by=tidied(said.searched_by),
        searched=said.searched.strip(),
        reference=tidied(said.reference),
        on=_date("day", said.on),
        without_photos=said.without_photos.strip(),
    )
    for name in ("by_state", "of_state"):
        if not getattr(whole, name):
            raise FieldMissing(name)
    named = whole.make or whole.model
    if not any(one.text or one.symbol for one in whole.marks) and not named:
        raise FieldMissing("marks")
    if whole.ground and whole.ground not in GROUNDS:
        raise FieldUnreadable("ground", whole.ground)
    return whole


# --- between question and answer ------------------------------------------------------------


def note(
    stands: TraceRequest, step: Step, on: str, remarks: str, today: str, weapon: Weapon | None
) -> list[Draft]:
    """Note that it was sent, acknowledged, reminded of or withdrawn, on a date; today for none.

    Raises TraceRequestClosed, TraceRequestSent for one sent before or received, TraceRequestUnsent,
    TraceRequestIncomplete, ReasonMissing for one withdrawn without, FieldUnreadable.
    """
    _demand_open(stands)
    said = stands.said
    if step == "sent":
        if stands.state != "draft":
            raise TraceRequestSent(said.number)
        missing = lacking(said)
        if missing:
            raise TraceRequestIncomplete(said.number, missing)
    elif step == "withdrawn":
        if not tidied(remarks):
            raise ReasonMissing("request_trace")
    elif stands.state == "draft":
        raise TraceRequestUnsent(said.number)
    noted = TraceRequestNoted(step, _date("day", on) or today, remarks.strip())
    drafts = [Draft(stands.id, noted, stands.heads)]
    if step == "withdrawn" and weapon is not None:
        drafts.append(Draft(weapon.id, TraceAnswered(said.number, "withdrawn", noted.remarks)))
    return drafts


def answer(
    stands: TraceRequest, told: TraceRequestAnswered, today: str, weapon: Weapon | None
) -> list[Draft]:
    """Write down what came of a request.

    Raises TraceRequestClosed, TraceRequestUnsent, FieldMissing (answer for what was traced, refusal
    for what was refused or delayed), FieldUnreadable.
    """
    _demand_open(stands)
    if stands.state == "draft":
        raise TraceRequestUnsent(stands.said.number)
    if told.outcome not in OUTCOMES or (
        told.outcome == "no_reply" and stands.said.direction == "in"
    ):
        raise FieldUnreadable("outcome", told.outcome)
    whole = replace(
        told,
        on=_date("day", told.on) or today,
        answer=told.answer.strip(),
        restrictions=told.restrictions.strip(),
        contact=told.contact.strip(),
    )
    if whole.outcome in _TRACED and not whole.answer:
        raise FieldMissing("answer")
    if whole.outcome in _HELD_BACK and not whole.ground:
        raise FieldMissing("refusal")
    if whole.ground and whole.ground not in REFUSALS:
        raise FieldUnreadable("refusal", whole.ground)
    drafts = [Draft(stands.id, whole, stands.heads)]
    if weapon is not None:
        said = TraceAnswered(stands.said.number, whole.outcome, whole.answer)
        drafts.append(Draft(weapon.id, said))
    return drafts


def _demand_open(stands: TraceRequest) -> None:
    if stands.is_closed:
        raise TraceRequestClosed(stands.said.number)


def _date(field: str, text: str) -> str:
    """Return a date as written, whole dates in ISO; raises FieldUnreadable."""
    if not text.strip():
        return ""
    read = read_date(text)
    if read.status != "read":
        raise FieldUnreadable(field, text)
    return read.text


# --- lists ----------------------------------------------------------------------------------


def ranked(known: Iterable[TraceRequest], today: str) -> tuple[TraceRequest, ...]:
    """Return the open requests first, the one that waits longest first of all."""
    return tuple(sorted(known, key=lambda one: (one.is_closed, -one.waiting(today))))
