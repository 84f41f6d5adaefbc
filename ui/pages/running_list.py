"""The running list of fast entry: each Enter with its verdict, the last one first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile.language import _, isolated, ngettext, plain
from ui.pages.entry_fields import refusal_words
from ui.pages.standing import joined
from ui.theme import Ink, Text
from ui.view_models.entry import Line
from ui.widgets.arrange import STRETCH, Share, column, row, scrolled
from ui.widgets.button import IconButton
from ui.widgets.picture import Picture
from ui.widgets.text import Label, ShortLabel, secondary

KEPT = 60
"""The lines that are shown; older ones are in the register, by their time."""

_SMALL = 28
_SIGNS = {
    "waiting": ("clock", Ink.MUTED),
    "saved": ("circle-check", Ink.OK),
    "refused": ("circle-x", Ink.BAD),
    "withdrawn": ("undo-2", Ink.MUTED),
}


class RunningList(QWidget):
    """The lines.

    Signals:
        open_wanted: look at a saved weapon, mostly to correct it: its id.
        back_wanted: put the text of a refused line back into the field: the line.
    """

    open_wanted = Signal(str)
    back_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[int, _Row] = {}
        self._column: QVBoxLayout = column(STRETCH, gap=2)
        self._none = secondary(_("Nothing entered yet in this window."), wrap=True)
        content = QWidget()
        content.setLayout(self._column)
        self.setLayout(column(self._none, Share(scrolled(content)), gap=0))

    def show_line(self, line: Line) -> None:
        """Show a new line on top, or the verdict of one that is there."""
        self._none.hide()
        if line.number in self._rows:
            self._rows[line.number].show_line(line)
            return
        made = _Row(line)
        made.open_wanted.connect(self.open_wanted)
        made.back_wanted.connect(self.back_wanted)
        self._rows[line.number] = made
        self._column.insertWidget(0, made)
        self._forget()

    def clear(self) -> None:
        """Forget every line: they are of another home."""
        for shown in self._rows.values():
            self._column.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self._rows.clear()
        self._none.show()

    def words_of(self, number: int) -> str:
        """Return what a line says, as it is read aloud."""
        return self._rows[number].accessibleName()

    def _forget(self) -> None:
        while len(self._rows) > KEPT:
            oldest = self._rows.pop(min(self._rows))
            self._column.removeWidget(oldest)
            oldest.deleteLater()


class _Row(QWidget):
    """One line: a sign, the serial, what came of it, when."""

    open_wanted = Signal(str)
    back_wanted = Signal(object)

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line
        self._sign = Picture("clock", Ink.MUTED)
        self._serial = ShortLabel(isolated(line.said.serial), Text.IDENTIFIER)
        self._about = ShortLabel("", Text.SECONDARY, Ink.MUTED)
        self._reason = Label("", Text.SECONDARY, Ink.BAD, wrap=True)
        self._reason.setMinimumWidth(1)  # a long word is cut sooner than the time beside it
        self._when = secondary("")
        self._act = IconButton("pencil", _("Correct…"), size=_SMALL)
        self._act.clicked.connect(self._press)
        second = row(Share(self._about), self._when, gap=6)
        said = column(self._serial, second, self._reason, gap=0)
        whole = row(self._sign, Share(said), self._act, gap=10, margins=(0, 4, 0, 4))
        self.setLayout(whole)
        self.show_line(line)

    def show_line(self, line: Line) -> None:
        """Show what came of the line."""
        self._line = line
        self._sign.show_icon(*_sign(line))
        self._serial.setText(_serials(line))
        self._serial.set_ink(Ink.MUTED if line.state == "withdrawn" else Ink.TEXT)
        self._about.setText(_about(line))
        self._say_reason(line)
        self._when.setText(_time(line))
        refused = line.state == "refused"
        hint = _("Put it back into the field") if refused else _("Open record")
        self._act.show_icon("undo-2" if refused else "pencil")
        self._act.setToolTip(hint)
        named = _("{action}: {serial}").format(action=hint, serial=_serials(line))
        self._act.setAccessibleName(plain(named))
        self._act.setVisible(line.state != "waiting")
        parts = (_serials(line), _VERDICTS[line.state](), self._reason.text())
        self.setAccessibleName(plain(". ".join(filter(None, parts))))

    def _say_reason(self, line: Line) -> None:
        said, ink = _remark(line)
        self._reason.set_ink(ink)
        self._reason.setText(said)
        self._reason.setVisible(bool(said))

    def _press(self) -> None:
        if self._line.weapon is not None:
            self.open_wanted.emit(self._line.weapon)
        else:
            self.back_wanted.emit(self._line)


_VERDICTS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "waiting": lambda: _("being saved"),
        "saved": lambda: _("saved"),
        "refused": lambda: _("refused"),
        "withdrawn": lambda: _("withdrawn"),
    }
)


def _sign(line: Line) -> tuple[str, Ink]:
    if line.state != "saved":
        return _SIGNS[line.state]
    if line.reading:
        agreed = line.reading == "agreed"
        return ("user-check", Ink.OK) if agreed else ("triangle-alert", Ink.BAD)
    return ("triangle-alert", Ink.WARN) if line.warned else _SIGNS["saved"]


def _serials(line: Line) -> str:
    if not line.last:
        return isolated(line.said.serial)
    return f"{isolated(line.said.serial)} … {isolated(line.last)}"


def _about(line: Line) -> str:
    count = isolated(QLocale().toString(line.count)) if line.count > 1 else ""
    place = line.place.name if line.place else ""
    return joined(count, isolated(line.said.model or line.said.make), isolated(place))


def _remark(line: Line) -> tuple[str, Ink]:
    """Return what is to be said under a line, and how grave it is."""
    if line.error is not None:
        return refusal_words(line.error), Ink.BAD
    if line.state == "withdrawn":
        return _("Withdrawn: entered by mistake"), Ink.MUTED
    if line.reading == "agreed":
        return _("A second reading agrees"), Ink.OK
    if line.reading == "differs":
        return _("A second reading differs"), Ink.BAD
    return _warning(line), Ink.WARN


def _warning(line: Line) -> str:
    if not line.warned:
        return ""
    if line.count > 1:
        words = ngettext(
            "{count} looks like one on record", "{count} look like others on record", line.warned
        )
        return words.format(count=isolated(QLocale().toString(line.warned)))
    if any(hit.is_lost for hit in line.alike):
        return _("Looks like one reported lost or stolen")
    count = max(1, len(line.alike))
    words = ngettext("Looks like one on record", "Looks like {count} on record", count)
    return words.format(count=count)


def _time(line: Line) -> str:
    return QDateTime.fromMSecsSinceEpoch(line.at).toString("HH:mm:ss") if line.at else ""
