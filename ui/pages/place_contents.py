"""What stands in one place: its figures, and the weapons there, out, and lost from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from stockpile import wording
from stockpile.domain.places import Place
from stockpile.language import _, isolated, ngettext
from stockpile.services.places import Filling
from stockpile.services.ports import RegisterRow
from ui.pages.standing import joined, model_or_type
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.places import Opened
from ui.widgets.arrange import Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.figure_tile import FigureTile
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import Label, ShortLabel

_HERE, _OUT, _LOST = "here", "out", "lost"
_LOOKS: Final = {
    _HERE: ("circle-check", Ink.OK),
    _OUT: ("log-out", Ink.WARN),
    _LOST: ("triangle-alert", Ink.BAD),
}


class PlaceContents(QWidget):
    """One place, opened.

    Signals:
        left: back to the plan.
        changing: what is said of the place is to be changed.
        closing: the place is to be closed.
        printing: its card is to be printed.
        weapon_wanted: a weapon's page is wanted: its id.
    """

    left = Signal()
    changing = Signal()
    closing = Signal()
    printing = Signal()
    weapon_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.opened: Opened | None = None
        self._shown = _HERE
        self._title = ShortLabel("", Text.CARD_TITLE)
        self._said = ShortLabel("", Text.SECONDARY, Ink.MUTED)
        self.back = Button(_("Plan"), Kind.GHOST, "layout-dashboard", hint="Esc")
        self.card = Button(_("Card"), icon="printer")
        self.change = Button(_("Change"), icon="pencil", hint="F2")
        self.close_ = Button(_("Close place"), Kind.DANGER, "archive")
        self.figures = {
            _HERE: FigureTile("boxes", Tone.OK),
            _OUT: FigureTile("log-out", Tone.WARN),
            _LOST: FigureTile("triangle-alert", Tone.BAD),
        }
        self.list = LineList(_("Weapons of this place"))
        self._none = Label("", Text.BODY, Ink.MUTED, wrap=True)
        names = column(self._title, self._said, gap=2)
        head = row(Share(names), self.back, self.card, self.change, self.close_, gap=Space.S)
        figures = row(*(Share(one) for one in self.figures.values()), gap=Space.M)
        top = Qt.AlignmentFlag.AlignTop
        listed = column(Share(self._none, 0, top), Share(self.list), gap=Space.S)
        self.setLayout(column(head, figures, Share(listed), gap=Space.M))
        # It stands where the plan stands otherwise, which needs less room.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for name, tile in self.figures.items():
            tile.clicked.connect(lambda _on=False, name=name: self._choose(name))
        self.back.clicked.connect(self.left)
        self.card.clicked.connect(self.printing)
        self.change.clicked.connect(self.changing)
        self.close_.clicked.connect(self.closing)
        self.list.opened.connect(self.weapon_wanted)

    def show_contents(self, opened: Opened, *, may_change: bool, may_print: bool) -> None:
        """Show a place with what is in it; the list that was read stays the one shown."""
        before, self.opened = self.opened, opened
        place = opened.filling.place
        if before is None or before.filling.place.id != place.id:
            self._shown = _HERE
        self._title.setText(isolated(place.name))
        self._said.setText(described(opened))
        self.change.setEnabled(may_change)
        self.close_.setEnabled(may_change)
        self.card.setEnabled(may_print)
        for name, rows in self._lists().items():
            words = _FIGURES[name](len(rows))
            self.figures[name].show_figure(QLocale().toString(len(rows)), words)
        self._show_list()

    def focus_list(self) -> None:
        """Give the list the keys."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, name: str) -> None:
        self._shown = name
        self._show_list()

    def _show_list(self) -> None:
        for name, tile in self.figures.items():
            tile.setChecked(name == self._shown)
        rows = self._lists()[self._shown]
        assert self.opened is not None
        place = self.opened.filling.place
        self.list.show_lines([_line(one, place, *_LOOKS[self._shown]) for one in rows])
        self.list.setVisible(bool(rows))
        self._none.setText(_NONE[self._shown]())
        self._none.setVisible(not rows)

    def _lists(self) -> dict[str, Sequence[RegisterRow]]:
        assert self.opened is not None
        told = self.opened.contents
        return {_HERE: told.here, _OUT: told.out, _LOST: told.lost}


def described(opened: Opened) -> str:
    """Return where a place is, its code, what fits in it and what it holds, in one line."""
    filling = opened.filling
    place = filling.place
    fits = ngettext("room for {count}", "room for {count}", place.capacity)
    holds = _("holds {what}")
    parts = (
        isolated(opened.said) if opened.said != place.name else "",
        isolated(place.code),
        fits.format(count=isolated(str(place.capacity))) if place.capacity else "",
        holds.format(what=isolated(", ".join(place.holds))) if place.holds else "",
        amiss(filling)[0],
    )
    return joined(*parts)


def amiss(filling: Filling) -> tuple[str, Tone]:
    """Return what is to be known of how full a place is, the worst first, and its tone."""
    free = filling.place.capacity - filling.here
    if filling.lost:
        words, tone, count = _("{count} lost from here"), Tone.BAD, filling.lost
    elif filling.over:
        words, tone, count = _("{count} too many"), Tone.BAD, filling.over
    elif filling.strangers:
        words, tone, count = _("{count} of another kind"), Tone.WARN, filling.strangers
    elif filling.out:
        words, tone, count = _("{count} out"), Tone.INFO, filling.out
    elif filling.place.capacity and free:
        words, tone, count = _("{count} free"), Tone.GREY, free
    elif filling.place.capacity:
        return _("full"), Tone.OK
    else:
        return "", Tone.GREY
    return words.format(count=isolated(str(count))), tone


def _line(one: RegisterRow, place: Place, icon: str, ink: Ink) -> LiveLine:
    """Return a weapon as a line; what the place is not for is said, and so is where it is else."""
    state = "" if one.status == "in_store" else wording.status(one.status)
    if not place.takes(one.type, one.model):
        state, icon, ink = joined(_("of another kind"), state), "triangle-alert", Ink.WARN
    beneath = joined(isolated(model_or_type(one)), isolated(one.calibre))
    return LiveLine(one.id, one.serial or one.number, beneath, state, icon, ink)


_FIGURES: Final = {
    _HERE: lambda count: ngettext("stands here", "stand here", count),
    _OUT: lambda count: ngettext("out from here", "out from here", count),
    _LOST: lambda count: ngettext("lost from here", "lost from here", count),
}
_NONE: Final = {
    _HERE: lambda: _("Nothing stands here. Scan the card of the rack, then the weapons."),
    _OUT: lambda: _("Nothing that belongs here is out."),
    _LOST: lambda: _("Nothing was lost from here."),
}
