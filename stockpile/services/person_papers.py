"""What is held about a person, in words: a paper that they can read, and rows for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

from stockpile import wording
from stockpile.domain.facts import Authorisation, OfficerAppointed, PersonRecorded
from stockpile.domain.holders import EVERYTHING, Holder
from stockpile.domain.spreadsheets import harmless
from stockpile.language import _, figure, is_right_to_left, isolated, ngettext, plain
from stockpile.services.documents import (
    Block,
    Column,
    Heading,
    Pair,
    Paper,
    Picture,
    Pictures,
    Table,
    Words,
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.weapon_files import Printing
from stockpile.terms import term


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One record that names the person: when, what it says, which weapons, where it stands.

    ``entry`` is the node and the number of the fact in its chain, by which anyone finds it again.
    """

    when: str
    what: str
    about: str
    entry: str


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held about a person by their id.

    ``details`` are names and values as they stand, ``records`` every fact that names them in the
    order of time. ``signed`` is how many records bear an officer's name; ``photo`` is a JPEG, and
    ``proofs`` are those of signatures with the numbers of their papers.
    ``is_erased`` where details were on record once and are no more.
    """

    id: str
    name: str
    details: tuple[Pair, ...]
    records: tuple[HeldRecord, ...]
    signed: int = 0
    photo: bytes = b""
    proofs: tuple[tuple[str, bytes], ...] = ()
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class HandedOut:
    """To whom what is held is handed out, on what ground, and the code of the fact that says so."""

    to: str
    ground: str
    code: str


def person_paper(held: Held, handed: HandedOut, printing: Printing) -> Paper:
    """Return the paper that is handed out."""
    said = _("Handed out to {to} on this ground: {ground}")
    return Paper(
        title=_("What is held about a person"),
        subject=isolated(held.name),
        code=handed.code,
        blocks=(
            Words(said.format(to=isolated(handed.to), ground=handed.ground)),
            *_details(held),
            *_photo(held),
            *_records(held),
            *_proofs(held),
            Heading(_("What this cannot hold")),
            *(Words(one) for one in limits()),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def person_details(holder: Holder) -> tuple[Pair, ...]:
    """Return what is recorded of a person as names and values; only what is said."""
    return _said((
        Pair(_("Name"), isolated(holder.name)),
        Pair(_("Service or identity number"), holder.reference, code=True),
        Pair(_("Rank"), isolated(holder.rank)),
        Pair(_("Unit or company"), isolated(holder.unit)),
        Pair(_("Card"), holder.card, code=True),
        Pair(_("Sex"), term("sex", holder.sex)),
        Pair(_("Born or age"), isolated(holder.born)),
        Pair(_("Language"), isolated(holder.language)),
        Pair(_("Cleared for"), ", ".join(map(_cleared, holder.authorisations))),
        Pair(_("Signs by"), _("PIN") if holder.has_pin else _("hand")),
    ))  # fmt: skip


def officer_details(body: OfficerAppointed) -> tuple[Pair, ...]:
    """Return what is recorded of an officer as names and values."""
    roles = ", ".join(map(wording.role, body.roles))
    badge = _("yes") if body.badge else _("no")
    return (
        Pair(_("Name"), isolated(body.name)),
        Pair(_("Roles"), roles),
        Pair(_("Badge"), badge),
        Pair(_("Key"), body.public_key, code=True),
    )


def said_of(body: PersonRecorded) -> str:
    """Return what one record said of a person, in a line."""
    parts = (
        body.name, body.reference, body.rank, body.unit, body.card, body.sex, body.born,
        body.language, ", ".join(map(_cleared, body.authorisations)),
    )  # fmt: skip
    return ", ".join(isolated(one) for one in parts if one)


def limits() -> tuple[str, ...]:
    """Say honestly what such a paper cannot hold."""
    return (
        _(
            "This is all that stands under the person's own id. A name that somebody typed into"
            " another record (a remark, the bearer of a gate pass, a committee) is not found by it."
        ),
        _(
            "Backups and courier files that were made before something was erased still hold it,"
            " sealed, until they are cleared away."
        ),
    )


def as_json(held: Held, handed: HandedOut) -> str:
    """Return what is held as JSON, the names in words."""
    value = {
        "id": held.id,
        "handed_out": {"to": handed.to, "ground": handed.ground, "code": handed.code},
        "details": {plain(one.name): plain(one.value) for one in held.details},
        "records_signed": held.signed,
        "records": [
            {"when": one.when, "what": plain(one.what), "about": plain(one.about),
             "entry": one.entry}
            for one in held.records
        ],
        "limits": list(limits()),
    }  # fmt: skip
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def as_csv(held: Held) -> str:
    """Return what is held as a table with a first line of titles; no cell is a formula."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow((_("When"), _("What"), _("About"), _("Entry")))
    for one in held.details:
        lines.writerow(_guarded("", one.name, one.value, ""))
    for record in held.records:
        lines.writerow(_guarded(record.when, record.what, record.about, record.entry))
    return text.getvalue()


def _guarded(*cells: str) -> list[str]:
    return [harmless(plain(one)) for one in cells]


def _said(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    return tuple(one for one in pairs if one.value)


def _cleared(one: Authorisation) -> str:
    what = _("every weapon") if one.what == EVERYTHING else one.what
    parts = (what, one.until, one.paper)
    return " ".join(filter(None, parts))


def _details(held: Held) -> Iterator[Block]:
    if held.is_erased:
        yield Words(_("The details were erased. What is left names nobody."), loud=True)
    if held.details:
        yield Heading(_("Details"))
        yield filled(held.details)
    if held.signed:
        said = ngettext(
            "{count} record bears this officer's name. What an officer did is kept for ever.",
            "{count} records bear this officer's name. What an officer did is kept for ever.",
            held.signed,
        )
        yield Words(said.format(count=figure(held.signed)))


def _photo(held: Held) -> Iterator[Block]:
    if held.photo:
        yield Pictures((Picture(held.photo, _("Photo")),))


def _proofs(held: Held) -> Iterator[Block]:
    if held.proofs:
        yield Heading(_("Signatures"))
        yield Pictures(tuple(Picture(jpeg, isolated(number)) for number, jpeg in held.proofs))


def _records(held: Held) -> Iterator[Block]:
    count = len(held.records)
    said = ngettext("{count} record", "{count} records", count).format(count=figure(count))
    yield Heading(said)
    if not held.records:
        return
    columns = (
        Column(_("When"), 1.3), Column(_("What"), 2.6), Column(_("About"), 1.8),
        Column(_("Entry"), 1.1, code=True),
    )  # fmt: skip
    rows = tuple((one.when, one.what, one.about, one.entry) for one in held.records)
    yield Table(columns, rows)
