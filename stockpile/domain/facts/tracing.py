"""Requests to trace a weapon, asked and answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.facts.parts import IllicitGround, Mark
from stockpile.domain.values import Digest, WeaponId


@dataclass(frozen=True, slots=True)
class TraceAsked:
    """A State asked where the weapon was diverted (Tracing Instrument, paragraphs 14 to 23)."""

    request: str
    by_state: str = ""
    of_state: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class TraceAnswered:
    """The answer to a tracing request."""

    request: str
    outcome: Literal[
        "traced_domestic", "traced_foreign", "partly_traced", "not_traced", "refused", "delayed",
        "no_reply", "withdrawn",
    ]  # fmt: skip
    answer: str = ""


@dataclass(frozen=True, slots=True)
class TraceRequestMade:
    """A request to trace a weapon, to another State or from one (Tracing Instrument, part V).

    ``weapon`` is the record, where there is one; what is written beside it is what the request
    says of the weapon. ``searched`` is the domestic search that came first: what came of it.
    ``without_photos`` says why no photo goes with it; ``reference`` is the other side's number.
    """

    number: str
    direction: Literal["out", "in"] = "out"
    weapon: WeaponId | None = None
    by_state: str = ""
    of_state: str = ""
    contact: str = ""
    marks: tuple[Mark, ...] = ()
    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    country: str = ""
    ground: IllicitGround | Literal[""] = ""
    basis: str = ""
    circumstances: str = ""
    intended_use: str = ""
    restrictions: str = ""
    urgent: bool = False
    searched_on: str = ""
    searched_by: str = ""
    searched: str = ""
    photos: tuple[Digest, ...] = ()
    reference: str = ""
    on: str = ""
    without_photos: str = ""


@dataclass(frozen=True, slots=True)
class TraceRequestNoted:
    """A step of a request between question and answer, on a date as written."""

    step: Literal["sent", "acknowledged", "reminded", "withdrawn"]
    on: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class TraceRequestAnswered:
    """What came of a request; who refuses or delays says why (Tracing Instrument, paragraph 22)."""

    outcome: Literal[
        "traced_domestic", "traced_foreign", "partly_traced", "not_traced", "refused", "delayed",
        "no_reply",
    ]  # fmt: skip
    on: str = ""
    answer: str = ""
    ground: str = ""
    restrictions: str = ""
    contact: str = ""
    photos: tuple[Digest, ...] = ()
