"""Deactivation: made inoperable for good, certified and marked by a State authority; its paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stockpile import wording
from stockpile.domain import deactivating, people
from stockpile.domain.errors import NotDeactivated
from stockpile.domain.facts import Draft, Fact, Mark, PaperIssued, WeaponDeactivated
from stockpile.domain.issuing import DATE_LENGTH
from stockpile.domain.numbers import registry_number
from stockpile.domain.tags import grouped
from stockpile.domain.values import WeaponId, new_id
from stockpile.domain.weapons import Weapon
from stockpile.language import _, is_right_to_left, isolated, speaking
from stockpile.record_words import mark_place, mark_text, moment
from stockpile.services.documents import (
    Block,
    Column,
    Drawn,
    Heading,
    Pair,
    Paper,
    Press,
    SignatureBox,
    Signatures,
    Table,
    Words,
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.people import SignedIn
from stockpile.services.places import known_names
from stockpile.services.ports import Books, Chance, Clock, Recorded
from stockpile.services.printed import among_papers, printing_now
from stockpile.services.weapon_files import Printing
from stockpile.terms import term

PREFIX: Final = "DA"


@dataclass(frozen=True, slots=True)
class Deactivation:
    """A weapon that was deactivated, what was written of it, and the number of its paper here."""

    weapon: Weapon
    fact: Fact
    body: WeaponDeactivated
    number: str
    site: str
    officer: str


@dataclass(frozen=True, slots=True)
class Deactivating:
    """The desk of deactivation. Everything runs on the books lane."""

    home: Path
    books: Books
    numbers: PaperNumbers
    press: Press
    clock: Clock
    chance: Chance

    def deactivate(
        self, weapon: WeaponId, said: WeaponDeactivated, *, by: SignedIn, again: bool = False
    ) -> tuple[Recorded, Deactivation]:
        """Write a deactivation down in one act with its numbered paper; the officer signs.

        A certificate that the authority gave no number bears ours; the date is today's where none
        is said. Raises OfficerNotAuthorised and what the rules of ``deactivating`` say.
        """
        people.authorise(by.officer, "deactivate")
        stands = self.books.weapon(weapon)
        number = self.numbers.next(PREFIX, PaperIssued)
        told = replace(
            said,
            certificate=said.certificate or number,
            on=said.on or self.numbers.now()[:DATE_LENGTH],
        )
        draft = deactivating.deactivate(stands, told, again=again)
        paper = PaperIssued(number, "deactivation", (weapon,), title=told.certificate)
        issued = Draft(new_id(self.clock.now(), self.chance.bytes(10)), paper)
        recorded = self.books.record([draft, issued], by=by.id, signers=[by.key])
        return recorded, self.one(weapon)

    def one(self, weapon: WeaponId) -> Deactivation:
        """Return how a weapon was deactivated last; raises WeaponUnknown, NotDeactivated."""
        stands = self.books.weapon(weapon)
        told = [
            (fact, fact.body)
            for fact in self.books.history(weapon)
            if isinstance(fact.body, WeaponDeactivated)
        ]
        if not told:
            raise NotDeactivated(stands.serial.text or weapon)
        fact, body = told[-1]
        names = known_names(self.books)
        return Deactivation(
            stands,
            fact,
            body,
            self._number(weapon, body.certificate),
            self.numbers.places.one(self.numbers.people.site()).name,
            names.get(fact.by, "") if fact.by else "",
        )

    def print(
        self, weapon: WeaponId, *, by: SignedIn, language: str = "", to: Path | None = None
    ) -> Drawn:
        """Draw the certificate of a weapon's last deactivation, as often as wanted.

        Raises WeaponUnknown, NotDeactivated, DiskFull, DiskTrouble.
        """
        told = self.one(weapon)
        printing = printing_now(self.books, self.clock, by.officer.name)
        with speaking(language):
            paper = deactivation_paper(told, printing)
            if to is None:
                to = among_papers(self.home, paper.code)
            return self.press.draw(paper, to)

    def _number(self, weapon: WeaponId, certificate: str) -> str:
        """Return the number under which the paper of a certificate was issued; else its own."""
        for one in self.books.references(PaperIssued, about=f'"{weapon}"'):
            body = one.opened
            if (
                isinstance(body, PaperIssued)
                and body.kind == "deactivation"
                and weapon in body.about
                and body.title == certificate
            ):
                return body.number
        return certificate


def deactivation_paper(told: Deactivation, printing: Printing) -> Paper:
    """Return the certificate of deactivation: what was altered, how, by whose authority."""
    weapon = told.weapon
    return Paper(
        title=_("Certificate of deactivation"),
        subject=isolated(weapon.serial.text) or _("No serial"),
        code=told.number,
        blocks=(
            filled(tuple(_weapon(weapon))),
            Heading(_("Deactivation")),
            filled(tuple(_done(told))),
            *_altered(told.body),
            *_marks(weapon.marks),
            Words(
                _(
                    "The components above were altered for good, so that the weapon cannot be made"
                    " to shoot. Its original serial numbers are kept."
                )
            ),
            Signatures(tuple(_boxes(told))),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _weapon(weapon: Weapon) -> Iterator[Pair]:
    yield Pair(_("Serial number"), weapon.serial.text, code=True)
    yield Pair(_("Registry number"), registry_number(WeaponId(weapon.id)), code=True)
    yield Pair(_("Type"), wording.weapon_type(weapon.type))
    yield Pair(_("Make"), isolated(weapon.make))
    yield Pair(_("Model"), isolated(weapon.model))
    yield Pair(_("Calibre"), weapon.calibre, code=True)
    yield Pair(_("Country"), isolated(weapon.country))
    yield Pair(_("Year of make"), isolated(weapon.year))
    yield Pair(_("Tag"), grouped(weapon.tag) if weapon.tag else "", code=True)


def _done(told: Deactivation) -> Iterator[Pair]:
    body = told.body
    yield Pair(_("Authority"), isolated(body.authority))
    yield Pair(_("Certificate"), body.certificate, code=True)
    yield Pair(_("Date of deactivation"), isolated(body.on))
    yield Pair(_("Place of deactivation"), isolated(body.where))
    yield Pair(_("Method"), isolated(body.method))
    yield Pair(_("Deactivation mark"), body.mark, code=True)
    yield Pair(_("Site"), isolated(told.site))
    yield Pair(_("On record"), isolated(moment(told.fact)))


def _altered(body: WeaponDeactivated) -> Iterator[Block]:
    yield Heading(_("Components altered"))
    columns = (Column(_("Component"), 2), Column(_("Deactivation mark"), 3, code=True))
    yield Table(columns, tuple((term("altered", one), body.mark) for one in body.components))


def _marks(marks: tuple[Mark, ...]) -> Iterator[Block]:
    """Give the marks that were on it before, all of which stay."""
    if not marks:
        return
    yield Heading(_("Original marks, all kept"))
    columns = (Column(_("Mark"), 2, code=True), Column(_("Kind"), 2), Column(_("Where"), 3))
    rows = ((mark_text(one), term("mark_kind", one.kind), mark_place(one)) for one in marks)
    yield Table(columns, tuple(rows))


def _boxes(told: Deactivation) -> Iterator[SignatureBox]:
    said = _("Signed with PIN, {when}").format(when=isolated(moment(told.fact)))
    yield SignatureBox(_("Put on record by"), told.officer, said)
    yield SignatureBox(_("For the authority"), said=told.body.authority)
    yield SignatureBox(_("Stamp"))
