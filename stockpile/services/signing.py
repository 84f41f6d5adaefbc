"""The last step of an act that may want two: both sign now, or one signs and a second later.

Every service that writes such an act ends here. What an officer signs alone, for a second one to
confirm, is a proposal: the very drafts that would have been written, as text under the signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain import codec, people, plans
from stockpile.domain.errors import NeverLater, PlanTooLarge, ReasonMissing
from stockpile.domain.facts import ActProposed, Draft
from stockpile.domain.ledger import MOST_FACTS
from stockpile.domain.people import Act
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Recorded

MOST_DRAFTS: Final = MOST_FACTS - 1
"""Drafts of a proposal: they and its settlement are one entry, or the signature would not hold."""
PROPOSABLE: Final = frozenset[Act]({
    "close_count", "report_loss", "void_mark", "destroy", "judge_entry", "correct", "resolve_mark",
    "merge", "set_scheme", "set_guard", "dispatch", "hand_over", "appoint",
})  # fmt: skip
"""Acts that a second officer may confirm later: nothing of them happens before.

Not so what is a deed and not a fact. Of a change of keys, a restore and details that are handed out
the second officer is the witness: confirmed ahead, one officer would do it alone and unseen. A
weapon of a crew leaves the counter at once, and a suspension holds at once.
"""

_AT_ONCE: Final = frozenset[Act]({
    "rotate_keys", "restore", "disclose_person", "issue_crew_served", "suspend",
})  # fmt: skip
"""Acts of which it is said why they cannot wait."""


@dataclass(frozen=True, slots=True)
class Later:
    """Stands where a second officer would: one is to confirm from the list, and why it is done."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rehearsal(Later):
    """Stands where a second officer would, to see what an act would write: it ends before that."""

    reason: str = ""


class Rehearsed(Exception):
    """An act was rehearsed: what it would have written; nothing of it is."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        super().__init__(len(drafts))
        self.drafts = tuple(drafts)


Second = SignedIn | Later
"""The second officer at the desk, or nobody yet."""


def authorise(by: SignedIn, act: Act, second: Second | None) -> None:
    """Raise OfficerNotAuthorised, SecondOfficerMissing or NeverLater unless it may be signed so.

    One who confirms later is judged when they do.
    """
    if not isinstance(second, Later):
        people.authorise(by.officer, act, second.officer if second else None)
        return
    demand_proposable(by, act)


def demand_proposable(by: SignedIn, act: Act) -> None:
    """Raise OfficerNotAuthorised or NeverLater unless the act may be confirmed later."""
    if not by.officer.may(act):
        people.authorise(by.officer, act)
    if act not in PROPOSABLE:
        raise never_later(act)


def never_later(act: Act) -> NeverLater:
    """Return the refusal of an act that was to be confirmed later, with its reason."""
    return NeverLater(act, act if act in _AT_ONCE else "other")


def sign(
    books: Books, act: Act, drafts: Sequence[Draft], *, by: SignedIn, second: Second | None
) -> Recorded:
    """Write an act signed by its officer and the second one; or, for later, what is proposed.

    Raises SecondOfficerMissing, OfficerNotAuthorised, ActUnsigned, and for a proposal
    ReasonMissing and PlanTooLarge; each with nothing written. A rehearsal ends as Rehearsed.
    """
    if isinstance(second, Rehearsal):
        raise Rehearsed(drafts)
    if isinstance(second, Later):
        return propose(books, act, drafts, second.reason, by=by)
    seconds = [] if second is None or second.id == by.id else [second]
    return books.record(
        drafts,
        by=by.id,
        witnesses=[one.id for one in seconds],
        signers=[by.key, *(one.key for one in seconds)],
    )


def propose(
    books: Books, act: Act, drafts: Sequence[Draft], reason: str, *, by: SignedIn
) -> Recorded:
    """Write that an officer signed an act; nothing of it has happened until a second confirms.

    Raises OfficerNotAuthorised, NeverLater, ReasonMissing, PlanTooLarge.
    """
    demand_proposable(by, act)
    if not reason.strip():
        raise ReasonMissing(act)
    if not 0 < len(drafts) <= MOST_DRAFTS:
        raise PlanTooLarge(len(drafts), MOST_DRAFTS)
    plan = plans.plan_of(drafts)
    # its own content and the chain's end name it: the same act proposed twice is two proposals
    tip = books.tip()
    name = codec.digest(f"{tip.number}\n{tip.hash}\n{by.id}\n{plan}".encode())
    body = ActProposed(act, plan, reason.strip())
    return books.record([Draft(f"proposal:{name}", body)], by=by.id, signers=[by.key])
