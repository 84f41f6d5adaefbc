"""What a hand receipt says on paper: who, which weapons with what, which rounds, who signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stockpile import fact_words, wording
from stockpile.domain.facts import (
    Fact,
    ReceiptSigned,
    RoundsIssued,
    RoundsReturned,
    WeaponIssued,
    WeaponReturned,
)
from stockpile.domain.holders import Holder
from stockpile.domain.lots import Lot
from stockpile.domain.moments import moment
from stockpile.domain.receipts import Content, Standing
from stockpile.domain.values import PersonId
from stockpile.language import _, figure, is_right_to_left, isolated
from stockpile.services.documents import (
    Block,
    Column,
    Heading,
    Pair,
    Paper,
    SignatureBox,
    Signatures,
    Table,
    Words,
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.ports import RegisterRow
from stockpile.services.weapon_files import Printing


@dataclass(frozen=True, slots=True)
class Shown:
    """A receipt with the names of all it speaks of."""

    body: ReceiptSigned
    content: Content
    fact: Fact
    standing: Standing
    rows: tuple[RegisterRow, ...]
    holders: Mapping[PersonId, Holder]
    lots: Mapping[str, Lot]
    names: Mapping[str, str]
    drawing: bytes
    printing: Printing

    def person(self, holder: PersonId | None) -> str:
        """Return a person's rank and name; a person who was erased is named by nothing."""
        found = self.holders.get(holder) if holder else None
        if found is None or not found.is_known:
            return _("a person on no list here") if holder else ""
        return " ".join(one for one in (found.rank, found.name) if one)

    @property
    def officer(self) -> str:
        """The officer who wrote the receipt down."""
        return self.names.get(self.fact.by, "") if self.fact.by else ""

    @property
    def when(self) -> str:
        """When it was written down, as the clock there showed it."""
        return isolated(f"{moment(self.fact.at, self.fact.zone):%Y-%m-%d %H:%M}")


def receipt_paper(shown: Shown) -> Paper:
    """Return the paper of a receipt, in the language in use."""
    is_issue = shown.body.way == "issue"
    return Paper(
        title=_("Hand receipt") if is_issue else _("Return of weapons"),
        subject=shown.body.patrol or shown.person(shown.body.holder or shown.body.signer),
        code=shown.body.number,
        blocks=(
            *_warnings(shown),
            filled(tuple(_head(shown))),
            Heading(_("Weapons")),
            _weapons(shown),
            *_overrides(shown),
            *_rounds(shown),
            _signatures(shown),
        ),
        foot=foot_of(shown.printing),
        rtl=is_right_to_left(),
    )


def _warnings(shown: Shown) -> Iterator[Block]:
    if shown.standing == "unsigned":
        said = _("Not signed by the receiver: {reason}")
        yield Words(said.format(reason=shown.body.reason or _("no reason was given")), loud=True)


def _head(shown: Shown) -> Iterator[Pair]:
    body = shown.body
    yield Pair(_("Number"), body.number, code=True)
    yield Pair(_("Date and time"), shown.when)
    yield Pair(_("Patrol"), isolated(body.patrol) if body.patrol else "")
    yield Pair(_("Holder"), shown.person(body.holder))
    issued = [one for _id, one in shown.content.weapons if isinstance(one, WeaponIssued)]
    if issued:
        first = issued[0]
        yield Pair(_("Due back"), isolated(first.due) if first.due else _("no date agreed"))
        yield Pair(_("Purpose"), first.purpose)
        yield Pair(
            _("Handed out as"), _("Assignment") if first.use == "assignment" else _("Checkout")
        )


def _weapons(shown: Shown) -> Table:
    is_issue = shown.body.way == "issue"
    last = _("With") if is_issue else _("Missing or remarks")
    columns = (
        Column(_("Serial"), 1.2, code=True),
        Column(_("Weapon"), 1.6),
        Column(_("Holder") if is_issue else _("Put back in"), 1.3),
        Column(last, 1.6),
    )
    rows = zip(shown.rows, shown.content.weapons, strict=True)
    return Table(columns, tuple(_weapon(shown, row, body) for row, (_id, body) in rows))


def _weapon(shown: Shown, row: RegisterRow, body: WeaponIssued | WeaponReturned) -> tuple[str, ...]:
    named = " ".join(one for one in (row.make, row.model) if one) or wording.weapon_type(row.type)
    serial = row.serial or row.number
    match body:
        case WeaponIssued():
            return serial, named, shown.person(body.holder), fact_words.kit_words(body.kit)
        case WeaponReturned():
            return serial, named, shown.names.get(body.place, ""), _came(body)


def _came(body: WeaponReturned) -> str:
    """Return what is to be said of a weapon that came back; nothing where all is well."""
    said = []
    if body.short:
        said.append(_("missing: {kit}").format(kit=fact_words.kit_words(body.short)))
    if body.condition is not None:
        said.append(wording.condition(body.condition))
    if body.remarks:
        said.append(body.remarks)
    return "; ".join(said)


def _overrides(shown: Shown) -> Iterator[Block]:
    """Say under the table what was handed out in spite of something, and why."""
    for row, (_id, body) in zip(shown.rows, shown.content.weapons, strict=True):
        if isinstance(body, WeaponIssued) and body.override:
            said = _("{serial} was handed out although something stood against it: {reason}")
            serial = isolated(row.serial or row.number)
            yield Words(said.format(serial=serial, reason=body.override), loud=True)


def _rounds(shown: Shown) -> Iterator[Block]:
    if not shown.content.rounds:
        return
    yield Heading(_("Ammunition"))
    columns = (
        Column(_("Lot"), 1.1, code=True), Column(_("Nature"), 1.6), Column(_("Holder"), 1.3),
        Column(_("Rounds"), 1.6),
    )  # fmt: skip
    yield Table(columns, tuple(_moved(shown, one) for one in shown.content.rounds))


def _moved(shown: Shown, body: RoundsIssued | RoundsReturned) -> tuple[str, ...]:
    lot = shown.lots.get(body.lot)
    named = " ".join(one for one in (lot.nature, lot.calibre) if one) if lot else ""
    count = figure(body.quantity)
    if isinstance(body, RoundsReturned):
        count = _("{back} back, {fired} fired, {short} missing").format(
            back=figure(body.quantity),
            fired=figure(body.expended),
            short=figure(body.short),
        )
    return (lot.number if lot else "", named, shown.person(body.holder), count)


def _signatures(shown: Shown) -> Signatures:
    by_key = _("Signed with PIN, {when}").format(when=shown.when)
    officer = SignatureBox(_("Officer"), shown.officer, by_key)
    if shown.body.way == "return":
        return Signatures((officer,))
    signer = shown.person(shown.body.signer or shown.body.holder)
    said = {
        "good": by_key,
        "drawn": _("Signed by hand, {when}").format(when=shown.when),
        "paper": _("Signed on paper; the paper is kept with the record"),
    }
    given = said.get(shown.standing, "")
    return Signatures((officer, SignatureBox(_("Received by"), signer, given, shown.drawing)))
