"""The lists that came in before, and what became of one that was taken back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import RegisterRow
from ui.pages.figures import figure
from ui.pages.standing import joined
from ui.theme import Space, Tone
from ui.view_models.earlier_lists import EarlierLine, WentBack
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.columns import Column
from ui.widgets.columns import Kind as Cell
from ui.widgets.paged_model import ListPages
from ui.widgets.paged_table import PagedTable
from ui.widgets.text import card_title, page_title

_LEAST = 150


class EarlierLists(QWidget):
    """A table of lists; the one under the cursor can be taken back.

    Signals:
        wanted: a list is to be taken back: its line.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._allowed = True
        self.table = PagedTable(_("Earlier lists"), _columns())
        self.table.setMinimumHeight(_LEAST)
        self.take_back = Button(_("Take back"), Kind.SECONDARY, "undo-2", hint="Del")
        self.take_back.clicked.connect(self.ask)
        self.table.current_changed.connect(self._judge)
        head = row(card_title(_("Earlier lists")), STRETCH, self.take_back)
        self.setLayout(column(head, Share(self.table), gap=Space.S))
        self.hide()

    def show_lists(self, lines: Sequence[EarlierLine], *, allowed: bool) -> None:
        """Show the lists; without any there is nothing in sight."""
        self._allowed = allowed
        self.table.use(ListPages(tuple(lines)))
        self.setVisible(bool(lines))
        self._judge()

    def ask(self) -> None:
        """Ask to take back the list under the cursor."""
        line = self.table.current_row()
        if line is not None and self.take_back.isEnabled():
            self.wanted.emit(line)

    def _judge(self, _number: int = -1) -> None:
        line = self.table.current_row()
        is_in = line is not None and not line.is_undone
        self.take_back.setEnabled(self._allowed and is_in)


class WentBackFace(QWidget):
    """What taking a list back came to, and the weapons that stay.

    Signals:
        again_pressed: back to where lists come in.
    """

    again_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._banner = Banner("undo-2", "", "", Tone.INFO, loud=True)
        self.kept = PagedTable(_("Weapons that stay"), _kept_columns())
        self._heading = card_title(_("Weapons that stay"))
        self.again = Button(_("Another list"), Kind.PRIMARY, "file-spreadsheet")
        self.again.clicked.connect(self.again_pressed)
        self.setLayout(
            column(
                page_title(_("Import")), self._banner, row(self.again, STRETCH), self._heading,
                Share(self.kept), STRETCH, gap=Space.L,
            )
        )  # fmt: skip

    def show_report(self, went: WentBack) -> None:
        """Say what was withdrawn, and list what was not."""
        report = went.report
        gone, stay = report.weapons + report.lots, len(report.kept) + report.lots_kept
        title = ngettext("{count} record withdrawn", "{count} records withdrawn", gone)
        self._banner.say("undo-2", title.format(count=figure(gone)), _stays(stay), Tone.INFO)
        for part in (self._heading, self.kept):
            part.setVisible(bool(went.kept))
        self.kept.use(ListPages(went.kept))
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)


def _stays(count: int) -> str:
    if not count:
        return _("Nothing of the list is left in account. It can come in again.")
    said = ngettext(
        "{count} stays: it has moved on since.", "{count} stay: they have moved on since.", count
    )
    return said.format(count=figure(count))


def _columns() -> tuple[Column[EarlierLine], ...]:
    return (
        Column(_("List"), 230, lambda one: isolated(one.name), Cell.TWO_LINE, _said),
        Column(_("Date"), 150, lambda one: one.at, Cell.CODE, quiet=True),
        Column(_("Officer"), 150, lambda one: one.by, quiet=True, spare=True),
        Column(_("Rows"), 80, lambda one: figure(one.rows), Cell.NUMBER, spare=True),
        Column(_("Came in"), 90, lambda one: figure(one.accepted), Cell.NUMBER),
        Column(_("Standing"), 130, _standing, Cell.CHIP, tone=_tone),
    )


def _said(one: EarlierLine) -> str:
    if not one.is_undone:
        return isolated(one.document[:12])
    stay = ngettext("{count} stayed", "{count} stayed", one.kept).format(count=figure(one.kept))
    return joined(isolated(one.reason), stay if one.kept else "")


def _standing(one: EarlierLine) -> str:
    if one.is_undone:
        return _("Taken back")
    return _("In account") if one.is_finished else _("Stopped early")


def _tone(one: EarlierLine) -> Tone:
    if one.is_undone:
        return Tone.GREY
    return Tone.OK if one.is_finished else Tone.WARN


def _kept_columns() -> tuple[Column[RegisterRow], ...]:
    return (
        Column(_("Number"), 170, lambda one: one.number, Cell.MONO),
        Column(_("Serial number"), 180, lambda one: one.serial, Cell.MONO),
        Column(_("Make and model"), 220, lambda one: joined(one.make, one.model)),
        Column(_("Place"), 150, lambda one: one.place, spare=True),
    )
