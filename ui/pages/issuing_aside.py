"""Beside the counter: who stands there, the patrols that can be repeated, and who has what."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from stockpile.language import _, isolated, ngettext
from stockpile.services.issuing import OutLine
from stockpile.services.slips import Patrol
from ui.pages.figures import figure
from ui.pages.issuing_lines import clearance_words, person_name, tone_of
from ui.pages.issuing_results import account_words
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.counter import Person
from ui.view_models.issuing import Board
from ui.view_models.photos import Photos
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button
from ui.widgets.card import Card, Ground
from ui.widgets.chip import Chip
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.picture import Picture, Tile
from ui.widgets.text import Label, ShortLabel, card_title, secondary

_FACE = 72
_LOWER = 32


class PersonCard(Card):
    """Who stands at the counter: the face, rank and unit, and each clearance green or red."""

    def __init__(self, photos: Photos) -> None:
        self._photos = photos
        self._digest = ""
        self._face = QLabel()
        self._face.setFixedSize(_FACE, _FACE)
        self._nobody = Tile("user", Tone.INFO, _FACE, 32)
        self._name = ShortLabel("", Text.CARD_TITLE)
        self._unit = ShortLabel("", Text.SECONDARY, Ink.SECONDARY)
        self._has = Label("", Text.SECONDARY, Ink.SECONDARY, wrap=True)
        self._cleared = column(gap=Space.XS)
        said = column(self._name, self._unit, self._has, gap=2)
        head = row(self._face, self._nobody, Share(said), gap=Space.M)
        super().__init__(column(head, boxed(self._cleared), gap=Space.S), Ground.CARD)
        photos.thumbnail.connect(self._show_face)

    def show_person(self, person: Person | None) -> None:
        """Show somebody, or put the card away."""
        self.setVisible(person is not None)
        if person is None:
            return
        holder = person.holder
        self._name.setText(person_name(holder))
        self._unit.setText(joined(isolated(holder.unit), isolated(holder.reference)))
        self._has.setText(account_words(person))
        self._has.set_ink(Ink.BAD if person.is_late else Ink.SECONDARY)
        clear(self._cleared)
        for what, clearance in person.cleared:
            said = clearance_words(what, clearance)
            self._cleared.addWidget(_clearance(said, tone_of(clearance)))
        if not person.cleared:
            self._cleared.addWidget(_clearance(_("Cleared for nothing"), Tone.BAD))
        self._digest = holder.photo
        self._face.hide()
        self._nobody.show()
        if holder.photo:
            self._photos.want_thumbnail(holder.photo, _FACE * 2)

    def _show_face(self, digest: str, content: bytes) -> None:
        if digest != self._digest:
            return
        picture = QPixmap.fromImage(QImage.fromData(content))
        if not picture.isNull():
            self._face.setPixmap(picture.scaled(_FACE, _FACE))
            self._face.show()
            self._nobody.hide()


class IssuingAside(QWidget):
    """The panel.

    Signals:
        repeat_wanted: a patrol is to go out again: which of them.
        opened: a weapon that is out is to be taken back: its id.
    """

    repeat_wanted = Signal(int)
    opened = Signal(str)

    def __init__(self, photos: Photos) -> None:
        super().__init__()
        self.person = PersonCard(photos)
        self._patrols = column(gap=Space.S)
        self._no_patrols = secondary("", wrap=True)
        self._late = Chip("", Tone.BAD)
        self.out = LineList(_("Out now"))
        self._none_out = secondary("", wrap=True)
        patrols = column(
            card_title(_("As last time")), self._no_patrols, boxed(self._patrols), gap=Space.S
        )
        out = column(
            row(card_title(_("Out now")), self._late, STRETCH), self._none_out, Share(self.out),
            gap=Space.S,
        )  # fmt: skip
        lower = Card(column(patrols, rule(), Share(out), gap=Space.M), Ground.CARD)
        self.setLayout(column(self.person, Share(lower), gap=Space.M))
        self._no_patrols.setText(_("A patrol that was handed over is repeated from here."))
        self._none_out.setText(_("Nothing is out. What is handed over stands here, late first."))
        self.out.opened.connect(self.opened)
        self.person.show_person(None)
        self.show_board(Board())

    def show_board(self, board: Board) -> None:
        """Show what is out and which patrols there were."""
        clear(self._patrols)
        for at, patrol in enumerate(board.patrols):
            self._patrols.addWidget(self._patrol(at, patrol))
        self._no_patrols.setVisible(not board.patrols)
        self._none_out.setVisible(not board.out)
        late = ngettext("{count} late", "{count} late", board.late)
        self._late.show_status(late.format(count=figure(board.late)), Tone.BAD)
        self._late.setVisible(bool(board.late))
        self.out.show_lines([_line(one) for one in board.out])

    def _patrol(self, at: int, patrol: Patrol) -> QWidget:
        again = Button(_("Repeat"), icon="refresh-cw", height=_LOWER, hint="" if at else "F7")
        again.clicked.connect(partial(self.repeat_wanted.emit, at))
        count = len(patrol.handed.lines)
        weapons = ngettext("{count} weapon", "{count} weapons", count).format(count=figure(count))
        name = ShortLabel(isolated(patrol.name), Text.STRONG)
        again.setAccessibleName(_("Repeat {name}").format(name=patrol.name))
        said = column(name, secondary(weapons), gap=0)
        return boxed(row(Share(said), again))


def _clearance(words: str, tone: Tone) -> QWidget:
    """Return a clearance on its soft ground, green or red, with its sign before it."""
    icon = "circle-check" if tone is Tone.OK else "circle-x"
    sign = Share(Picture(icon, tone.ink, 16), 0, Qt.AlignmentFlag.AlignTop)
    label = Label(words, Text.SECONDARY_STRONG, tone.ink, wrap=True)
    return boxed(row(sign, Share(label), gap=Space.S))


def _line(out: OutLine) -> LiveLine:
    due = _("due {due}").format(due=isolated(out.row.due)) if out.row.due else ""
    named = person_name(out.holder if out.holder.is_known else None) or person_name(out.holder)
    icon, ink = ("clock", Ink.BAD) if out.is_overdue else ("log-out", Ink.MUTED)
    return LiveLine(out.row.id, out.row.serial or out.row.number, joined(named, due), "", icon, ink)
