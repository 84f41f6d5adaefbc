"""Every sentence about facts and failures, in the user's language.

A sentence about a failure says what happened, what it means and what to do. A class of error or a
body of a fact without a sentence cannot pass the tests.

Each room words what the room of the same name in ``stockpile.domain.errors`` can say, and the codes
of its matter; this door gathers them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from stockpile.domain.clocks import ClockDoubt
from stockpile.domain.errors import StockpileError
from stockpile.domain.moments import moment
from stockpile.domain.values import Instant
from stockpile.language import _, isolated, ngettext
from stockpile.wording import (
    authority,
    counting,
    couriers,
    custody,
    disposal,
    exchange,
    fields,
    files,
    guard,
    homes,
    keys,
    labels,
    ledger,
    logs,
    machines,
    marking,
    people,
    photos,
    places,
    registries,
    registry_pages,
    tracing,
    transfers,
    weapons,
)

_IN_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Names:
    """What people call places and officers, by id, and components, by the code of their kind."""

    known: Mapping[str, str] = field(default_factory=dict)
    component: Callable[[str], str] = field(default=str, compare=False)

    def of(self, id_: str | None) -> str:
        """Return the name, the id where none is known, or nothing for nobody."""
        return self.known.get(id_, id_) if id_ else ""


def instant(at: Instant) -> str:
    """Return an instant as tables, files and labels show it: ISO 8601, UTC, to the minute."""
    return f"{moment(at):%Y-%m-%d %H:%M}"


def clock_sentence(doubt: ClockDoubt) -> str:
    """Return what speaks against this computer's clock, and what to do."""
    behind = {
        "own": _(
            "This computer's clock says {now}, but the newest entry here was made on {last} (UTC)."
            " Set date and time right before you go on; what was written keeps its order."
        ),
        "registry": _(
            "This computer's clock says {now}, but the registry signed for an entry on {last}"
            " (UTC). Set date and time right before you go on; what was written keeps its order."
        ),
        "program": _(
            "This computer's clock says {now}, but this program was made after {last} (UTC). Set"
            " date and time right before you go on; what was written keeps its order."
        ),
    }
    ahead = _(
        "This computer's clock says {now}, and the newest entry here was made on {last} (UTC),"
        " more than a year before. Check date and time before you go on."
    )
    said = behind[doubt.against] if doubt.side == "behind" else ahead
    return said.format(now=isolated(instant(doubt.now)), last=isolated(instant(doubt.last)))


def clock_meaning() -> str:
    """Return what a clock in doubt means for the record."""
    return _(
        "Nothing is lost and nothing is put right by itself: entries stand in the order of their"
        " numbers. But new entries and papers bear the time that it shows."
    )


def clock_on_paper(doubt: ClockDoubt) -> str:
    """Return what stands below a paper that was drawn by a clock in doubt."""
    said = _("This computer's clock was in doubt: it showed {now}, and {last} (UTC) is on record.")
    return said.format(now=isolated(instant(doubt.now)), last=isolated(instant(doubt.last)))


def offset_sentence(offset: int) -> str:
    """Return by how much this computer's clock differs from the registry's (theirs minus ours)."""
    said = (
        _(
            "This computer's clock is {time} behind the registry's. What is written keeps its"
            " order; set date and time right."
        )
        if offset > 0
        else _(
            "This computer's clock is {time} ahead of the registry's. What is written keeps its"
            " order; set date and time right."
        )
    )
    return said.format(time=isolated(duration(abs(offset))))


def line_in_clear() -> str:
    """Return what it means that a line to the registry is without TLS."""
    return _(
        "This line is not encrypted: who listens on the way can read serials and places, though"
        " not change them. Ask for an address that begins with https."
    )


def duration(milliseconds: int) -> str:
    """Return how long something is, in its two largest units: days and hours, or hours, minutes."""
    minutes = milliseconds // 60_000
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _("{days} d {hours} h").format(days=days, hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def error_sentence(error: StockpileError) -> str:
    """Return what an expected error says to a person."""
    return _ERRORS[type(error)]().format(**_shown(error))


def _shown(error: StockpileError) -> dict[str, str]:
    """Return the error's values as shown: isolated, so that no neighbour reorders them."""
    said = error.details()
    if "seconds" in said:
        said = {**said, "wait": waiting(int(str(said["seconds"])))}
    return {name: isolated(_value(name, value)) for name, value in said.items()}


def _value(name: str, value: Any) -> str:  # noqa: ANN401 - errors carry values of many types
    """Return a value in words where it is one of our own codes, else as it is."""
    if isinstance(value, tuple):
        return ", ".join(_value(name, one) for one in value)
    words = _CODES.get(name, {}).get(str(value))
    return words() if words is not None else str(value)


def waiting(seconds: int) -> str:
    """Return how long somebody waits, in words: seconds up to a minute and a half, then minutes."""
    if seconds <= _IN_SECONDS:
        said = ngettext("{count} second", "{count} seconds", seconds)
        return said.format(count=seconds)
    minutes = -(-seconds // 60)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


_ROOMS = (
    authority,
    counting,
    couriers,
    custody,
    disposal,
    exchange,
    files,
    guard,
    homes,
    keys,
    labels,
    ledger,
    logs,
    machines,
    marking,
    people,
    photos,
    places,
    registries,
    registry_pages,
    tracing,
    transfers,
    weapons,
)
_ERRORS: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {kind: said for room in _ROOMS for kind, said in room.SENTENCES.items()}
)


def condition(text: str) -> str:
    """Return a serviceability in words."""
    return weapons.CONDITIONS[text]()


def status(text: str) -> str:
    """Return where a weapon stands in words."""
    return weapons.STATUSES[text]()


def weapon_type(code: str) -> str:
    """Return a type code in words; nothing for no type."""
    return weapons.TYPES[code]() if code in weapons.TYPES else code


def label_element(what: str) -> str:
    """Return what a thing on a label is called."""
    return labels.LABEL_ELEMENTS[what]() if what in labels.LABEL_ELEMENTS else what


def misfit(kind: str) -> str:
    """Return why a thing on a label cannot be printed where it stands."""
    return labels.MISFITS[kind]() if kind in labels.MISFITS else kind


def why_found(why: str) -> str:
    """Return why a search found a weapon, in words."""
    return weapons.WHYS[why]()


def reason_found(reasons: Sequence[str], why: str) -> str:
    """Return what differs between a reading and the mark found, in words; else why it was found."""
    told = [weapons.REASONS_FOUND[one]() for one in reasons if one in weapons.REASONS_FOUND]
    return told[0] if told else why_found(why)


def job_state(state: str) -> str:
    """Return the state of a marking job in words."""
    return marking.JOB_STATES[state]()


def applied_state(state: str) -> str:
    """Return how a mark of ours stands, in words."""
    return (marking.APPLIED.get(state) or marking.JOB_STATES[state])()


def conflict_kind(kind: str) -> str:
    """Return what sort of contradiction a conflict is, in words."""
    return weapons.CONFLICTS[kind]()


def machine_state(state: str) -> str:
    """Return what a marking machine says of itself, in words."""
    return machines.MACHINE_STATES[state]()


def field_name(name: str) -> str:
    """Return what a field is called; the name itself where it has no word."""
    return fields.FIELDS[name]() if name in fields.FIELDS else name


def scheme_part(part: str) -> str:
    """Return what a part of a marking scheme's pattern stands for, in words."""
    return field_name({"cal": "calibre"}.get(part, part))


def marking_reason(code: str) -> str:
    """Return why weapons are marked, in words."""
    return marking.MARKING_REASONS[code]() if code in marking.MARKING_REASONS else code


def witness_trouble(code: str) -> str:
    """Return why a witness did not cosign; nothing where it did."""
    return logs.WITNESS_TROUBLES[code]() if code in logs.WITNESS_TROUBLES else code


def act(name: str) -> str:
    """Return an act in words, as what somebody may do: "destroy weapons"."""
    return guard.ACTS[name]() if name in guard.ACTS else name


def role(text: str) -> str:
    """Return an officer's role in words."""
    return people.ROLES[text]()


def waybill_state(state: str) -> str:
    """Return how a transfer stands, in words."""
    return transfers.WAYBILL_STATES[state]()


def objection(kind: str) -> str:
    """Return what stands against handing a weapon out, in a few words."""
    return custody.OBJECTIONS[kind]()


def printer_state(standing: str, troubles: Collection[str]) -> str:
    """Return how a label printer is, in words: why it stands, where it stands."""
    if troubles:
        return ", ".join(labels.PRINTER_TROUBLES[one]() for one in troubles)
    return labels.PRINTER_STANDINGS[standing]()


_CODES: Mapping[str, Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "fault": authority.FAULTS,
        "at_once": guard.AT_ONCE,
        "field": fields.FIELDS,
        "act": guard.ACTS,
        "lacking": fields.FIELDS,
        "objection": custody.OBJECTIONS,
        "why": photos.PHOTO_WHYS,
        "unproved": guard.UNPROVED,
        "state": {
            **machines.MACHINE_STATES,
            **weapons.STATUSES,
            **marking.APPLIED,
            **marking.JOB_STATES,
            **transfers.WAYBILL_STATES,
        },
        "licence": transfers.LICENCE,
        "purpose": transfers.PURPOSES,
        "flaw": marking.FLAWS,
        "element": labels.LABEL_ELEMENTS,
        "misfit": labels.MISFITS,
        "trouble": labels.PRINTER_TROUBLES,
        "method": disposal.METHODS,
        "attendant": disposal.ATTENDANTS,
    }
)
