"""What a weapon's dossier says on paper, part by part, in the language in use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from stockpile import fact_words, wording
from stockpile.domain import tags
from stockpile.domain.facts import Fact, Mark
from stockpile.domain.ledger import Tip, head_code
from stockpile.domain.values import Digest
from stockpile.domain.views import FieldBook
from stockpile.domain.weapons import Applied
from stockpile.language import _, figure, is_right_to_left, isolated, ngettext, pgettext
from stockpile.record_words import (
    component_words,
    dated,
    field_name,
    local_moment,
    mark_place,
    mark_text,
    matter_words,
    moment,
    value_words,
)
from stockpile.services.documents import (
    Block,
    Column,
    Foot,
    Heading,
    Pair,
    Paper,
    Picture,
    Pictures,
    SignatureBox,
    Signatures,
    Table,
    Words,
    filled,
)
from stockpile.services.tracing import Life
from stockpile.services.weapon_files import Printing, WeaponFile
from stockpile.terms import classes, term
from stockpile.wording import Names

PRINTED_PHOTOS: Final = 9
_CODES: Final = frozenset({"serial", "case"})
_ROWS_OF_THEIR_OWN: Final = frozenset({"marks", "components"})


def dossier_paper(
    file: WeaponFile,
    printing: Printing,
    pictures: Sequence[Picture],
    missing: int,
    number: str = "",
) -> Paper:
    """Return the paper; ``missing`` says how many photos on record are not on this computer.

    ``number`` is the paper's own; one that is not issued bears the weapon's.
    """
    row = file.life.row
    named = " ".join(one for one in (row.make, row.model, row.calibre) if one)
    return Paper(
        title=_("Weapon dossier"),
        subject=named or wording.weapon_type(row.type),
        code=number or row.number,
        blocks=(
            *_head(file),
            *_open(file),
            *_photos(pictures, missing),
            *_description(file),
            *_marks(file),
            *_components(file),
            *_custody(file),
            *_life(file.life, file.names),
            *(block for one in file.joined for block in _joined(one, file.names)),
            Signatures(
                (
                    SignatureBox(_("Issued by"), isolated(printing.by)),
                    SignatureBox(_("Received by")),
                )
            ),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _head(file: WeaponFile) -> tuple[Block, ...]:
    weapon, row = file.life.weapon, file.life.row
    pairs = (
        Pair(_("Serial number"), weapon.serial.text or _("No serial"), bool(weapon.serial.text)),
        Pair(_("Registry number"), row.number, code=True),
        Pair(_("Status"), wording.status(weapon.status)),
        Pair(_("Condition"), wording.condition(weapon.condition)),
        Pair(_("Place"), isolated(row.place)),
        Pair(_("Tag"), tags.grouped(weapon.tag) if weapon.tag else "", code=True),
    )
    gone = file.into
    said = _("This record was joined to {number}: read on there.") if gone else ""
    joined = [Words(said.format(number=isolated(gone.number)), loud=True)] if gone else []
    return (*joined, filled(pairs))


def _open(file: WeaponFile) -> tuple[Block, ...]:
    if not file.matters:
        return ()
    said = (matter_words(one) for one in file.matters)
    lines = (Words(_("{title}: {sentence}").format(title=one, sentence=two)) for one, two in said)
    return (Heading(_("What is open")), *lines)


def _photos(pictures: Sequence[Picture], missing: int) -> tuple[Block, ...]:
    if not pictures and not missing:
        return ()
    words = ngettext(
        "{count} photo is not on this computer.",
        "{count} photos are not on this computer.",
        missing,
    )
    lacking = [Words(words.format(count=figure(missing)))] if missing else []
    shown = [Pictures(tuple(pictures))] if pictures else []
    return (Heading(_("Photos")), *shown, *lacking)


def _description(file: WeaponFile) -> tuple[Block, ...]:
    """Return the description as it stands, and beneath it every entry that was corrected."""
    iti, unroca = classes(file.life.weapon.type)
    plain = [
        one
        for one in file.book
        if one.name not in _ROWS_OF_THEIR_OWN and one.current.value != "unknown"
    ]
    pairs = [
        Pair(field_name(one.name), value_words(one.name, one.current.value), one.name in _CODES)
        for one in plain
    ]
    tracing = [
        Pair(_("Class, Tracing Instrument"), iti),
        Pair(_("Class, UN Register"), unroca),
    ]
    changed = [one for one in file.book if one.is_corrected or one.rivals]
    corrections: list[Block] = [Heading(_("Corrections")), _corrections(changed, file)]
    return (
        Heading(_("Description")),
        filled([*pairs[:2], *tracing, *pairs[2:]]),
        *(corrections if changed else []),
    )


def _corrections(changed: Iterable[FieldBook], file: WeaponFile) -> Table:
    entered = pgettext("what was written into a field", "Entry")
    columns = (
        Column(_("Field"), 1.2), Column(entered, 2), Column(_("When"), 1.7),
        Column(_("Who"), 1.2), Column(_("Why"), 2),
    )  # fmt: skip
    rows = [
        (
            field_name(one.name),
            value_words(one.name, entry.value) or _("nothing"),
            _when(entry.fact, file.doubted),
            file.names.of(entry.fact.by),
            _("without knowing of the other entry") if entry.blind else entry.reason,
        )
        for one in changed
        for entry in one.versions
    ]
    return Table(columns, tuple(rows))


def _marks(file: WeaponFile) -> tuple[Block, ...]:
    weapon = file.life.weapon
    columns = (
        Column(_("Kind"), 1.3), Column(_("Mark"), 1.7, code=True), Column(_("Where"), 1.5),
        Column(_("Legibility"), 1), Column(_("Read by"), 1.2), Column(_("Verified by"), 1.2),
    )  # fmt: skip
    seen = [_mark_row(mark, file.names) for mark in weapon.marks]
    ours = [_applied_row(one) for one in weapon.applied]
    if not seen and not ours:
        return (Heading(_("Marks")), Words(_("No mark is on record.")))
    return (Heading(_("Marks")), Table(columns, (*seen, *ours)))


def _mark_row(mark: Mark, names: Names) -> tuple[str, ...]:
    return (
        term("mark_kind", mark.kind),
        mark_text(mark),
        mark_place(mark),
        term("legibility", mark.legibility),
        names.of(mark.read_by),
        names.of(mark.verified_by),
    )


def _applied_row(one: Applied) -> tuple[str, ...]:
    return (term("mark_kind", "applied"), one.text, "", wording.applied_state(one.state), "", "")


def _components(file: WeaponFile) -> tuple[Block, ...]:
    if not file.fittings:
        return ()
    columns = (
        Column(_("Component"), 2), Column(_("Fitted"), 1.5), Column(_("Removed"), 1.5),
        Column(_("Why"), 2),
    )  # fmt: skip
    rows = [
        (
            component_words(one.component),
            _who_when(one.fitted, file),
            _who_when(one.removed, file) if one.removed else "",
            getattr((one.removed or one.fitted).body, "reason", ""),
        )
        for one in file.fittings
    ]
    return (Heading(_("Components")), Table(columns, tuple(rows)))


def _custody(file: WeaponFile) -> tuple[Block, ...]:
    if not file.custody:
        return ()
    names = file.names
    columns = (
        Column(_("Since"), 1.8), Column(_("Status"), 1.2), Column(_("Place"), 1.6),
        Column(_("With whom"), 1.4), Column(_("Paper"), 1.2), Column(_("Written by"), 1.2),
        Column(_("Why"), 1.6),
    )  # fmt: skip
    rows = [
        (
            _when(one.fact, file.doubted),
            wording.status(one.custody.state),
            names.of(one.custody.place),
            names.of(one.custody.holder),
            names.of(one.custody.paper),
            names.of(one.fact.by),
            one.reason,
        )
        for one in file.custody
    ]
    return (Heading(_("Custody")), Table(columns, tuple(rows)))


def _life(life: Life, names: Names) -> tuple[Block, ...]:
    columns = (Column(_("When"), 1.5), Column(_("What"), 3.4), Column(_("Who"), 1.2))
    rows = [
        (
            _when(one, life.doubted),
            fact_words.fact_sentence(one.without_author(), names),
            names.of(one.by),
        )
        for one in life.facts
    ]
    return (Heading(_("Life")), Table(columns, tuple(rows)))


def _joined(life: Life, names: Names) -> tuple[Block, ...]:
    said = _("Life of the joined record {number}").format(number=isolated(life.row.number))
    return (Heading(said), *_life(life, names)[1:])


def _when(fact: Fact, doubted: Collection[Digest]) -> str:
    return dated(fact, doubted) if fact.hash in doubted else moment(fact)


def _who_when(fact: Fact, file: WeaponFile) -> str:
    who = isolated(file.names.of(fact.by))
    return " · ".join(one for one in (_when(fact, file.doubted), who) if one)


def foot_of(printing: Printing) -> Foot:
    """Return who printed it and when, and the seal by which a print is held against the ledger.

    The seal is a head code: typed in on the page Today, or with ``stockpile head verify``, it says
    whether the record that the paper was drawn from is still the same.
    """
    who = _("Printed by {name}, {at}").format(
        name=isolated(printing.by), at=isolated(local_moment(printing.at, printing.zone))
    )
    seal = head_code(Tip(printing.number, 0, printing.seal))
    ledger = _("Seal of the ledger: {seal}").format(seal=isolated(seal))
    return Foot(
        (who, ledger), printing.by, printing.at, printing.zone, printing.number, printing.seal
    )
