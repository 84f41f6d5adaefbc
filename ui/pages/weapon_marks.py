"""The marks of a weapon, where each stands on it, and how sure its reading is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.facts import Mark
from stockpile.domain.weapons import Applied, Weapon
from stockpile.language import _, isolated
from stockpile.record_words import mark_place, mark_text
from stockpile.services.weapon_files import WeaponFile
from stockpile.terms import term
from stockpile.wording import Names
from ui.pages.standing import joined, mark_standing
from ui.theme import Space, Tone
from ui.widgets.arrange import STRETCH, column, row
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.detail_table import Cell, DetailTable
from ui.widgets.side_view import SideView, Sign
from ui.widgets.text import card_title, secondary

_TONES = {
    "clear": Tone.OK,
    "restored": Tone.INFO,
    "partial": Tone.WARN,
    "doubtful": Tone.WARN,
    "obliterated": Tone.BAD,
}


class WeaponMarks(Card):
    """The side view with its marks, and every mark as a row.

    Signals:
        photo_wanted: the photo of a mark is to be shown large: its digest.
    """

    photo_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._view = SideView()
        titles = (_("Kind"), _("Mark"), _("Where"), _("Legibility"), _("Read by, verified by"))
        self._table = DetailTable(titles, (3, 3, 3, 4, 3))
        self._none = secondary(_("No mark is on record."), wrap=True)
        self.change = Button(_("Change marks"), icon="pencil")
        head = row(card_title(_("Marks")), STRETCH, self.change)
        super().__init__(
            column(head, self._view, self._none, self._table, gap=Space.M), parent=parent
        )
        self._table.followed.connect(self.photo_wanted)

    def show_file(self, file: WeaponFile) -> None:
        """Show the marks as they stand."""
        weapon = file.life.weapon
        signs = [_sign(mark) for mark in weapon.marks]
        signs += [_our_sign(one) for one in weapon.standing_marks]
        self._view.show_weapon(weapon.type, signs, weapon.action)
        rows = [_row(mark, file) for mark in weapon.marks]
        rows += [_our_row(one) for one in weapon.applied]
        self._table.show_rows(rows)
        self._none.setHidden(bool(rows))

    def show_right(self, *, may: bool) -> None:
        """Say whether the officer may change the marks."""
        self.change.setEnabled(may)
        self.change.setToolTip("" if may else _("Your role does not include this."))


def _sign(mark: Mark) -> Sign:
    return Sign(
        mark.text or term("symbol", mark.symbol),
        term("mark_kind", mark.kind),
        mark.component,
        mark.position,
        note=mark_place(mark),
        obliterated=mark.legibility == "obliterated",
    )


def _our_sign(one: Applied) -> Sign:
    return Sign(one.text, term("mark_kind", "applied"), "receiver", ours=True)


def _row(mark: Mark, file: WeaponFile) -> list[Cell]:
    weapon, names = file.life.weapon, file.names
    reader = names.of(mark.read_by or _written_by(mark, file))
    who = joined(reader, names.of(mark.verified_by))
    shown = {photo.digest for photo in weapon.photos}
    told = _("known by this") if mark.is_identity else ""
    return [
        Cell(joined(term("mark_kind", mark.kind), told)),
        Cell(
            mark_text(mark) or "–",  # noqa: RUF001 — as it is printed
            identifier=bool(mark.text),
            link=mark.photo if mark.photo in shown else "",
            link_text=_("Photo"),
        ),
        Cell(mark_place(mark)),
        Cell(term("legibility", mark.legibility), tone=_TONES[mark.legibility]),
        Cell(joined(who, _second_reading(mark, weapon, names))),
    ]


def _written_by(mark: Mark, file: WeaponFile) -> str:
    """Return the officer who first wrote a mark down: without another name, they read it."""
    book = file.field("marks")
    for version in book.versions if book else ():
        marks = version.value if isinstance(version.value, tuple) else ()
        if any(isinstance(one, Mark) and _sign_of(one) == _sign_of(mark) for one in marks):
            return version.fact.by or ""
    return ""


def _sign_of(mark: Mark) -> tuple[str, ...]:
    """Return what makes it this mark, whatever was found out about it since."""
    return (mark.kind, mark.text, mark.symbol, mark.component, mark.position)


def _second_reading(mark: Mark, weapon: Weapon, names: Names) -> str:
    """Return what a second person read instead, of the mark that the weapon is known by."""
    last = next((one for one in reversed(weapon.read_backs) if one.text == mark.text), None)
    if last is None or last.agrees:
        return ""
    return _("{name} read {text}").format(name=names.of(last.by), text=isolated(last.read))


def _our_row(one: Applied) -> list[Cell]:
    words, tone = mark_standing(one)
    return [
        Cell(term("mark_kind", "applied")),
        Cell(one.text, identifier=True),
        Cell(""),
        Cell(words, tone=tone),
        Cell(""),
    ]
