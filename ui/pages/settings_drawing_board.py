"""The head of a layout's figures: which layout it is, how it comes out, what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile.language import _, ngettext
from ui.theme import Ink, Space, Text
from ui.widgets.arrange import Share, boxed, clear, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.picture import Picture
from ui.widgets.text import Label, secondary

_SIGN: Final = 14
_MOST_SAID: Final = 2
_BOTTOM = Qt.AlignmentFlag.AlignBottom
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class DrawingBoard(Card):
    """Which layout is on the board, the drawing of it, its problems, and what came of an act.

    ``drawn`` shows the layout, ``beside`` is an act beside keeping it.
    """

    def __init__(
        self, title: str, new: Button, drawn: Sequence[QWidget], beside: Button, no_right: str
    ) -> None:
        self.layout_ = ChoiceField(title)
        self.new = new
        self._problems: QVBoxLayout = column(gap=Space.XS)
        self.keep = Button(_("Save"), Kind.PRIMARY, "save")
        self._right = secondary(no_right, wrap=True)
        self._said = Label("", Text.SECONDARY, wrap=True)
        self._said.hide()
        top = row(Share(self.layout_), Share(self.new, 0, _BOTTOM), gap=Space.M)
        foot = row(Share(boxed(self._problems), 1, _MIDDLE), beside, self.keep)
        super().__init__(column(top, *drawn, foot, self._said, self._right, gap=Space.S))

    @property
    def problems(self) -> tuple[str, ...]:
        """Return what is said of the drawing: its problems, or that it has none."""
        said = (self._problems.itemAt(at).widget() for at in range(self._problems.count()))
        return tuple(one.said for one in said if isinstance(one, _Line))

    @property
    def said(self) -> str:
        """Return what came of the last act."""
        return self._said.text()

    def say(self, said: str, ink: Ink = Ink.OK) -> None:
        """Say what came of an act; nothing takes it away."""
        self._said.set_ink(ink)
        self._said.setText(said)
        self._said.setVisible(bool(said))

    def show_right(self, *, may_keep: bool) -> None:
        """Say before one tries that another role sets layouts."""
        self._right.setVisible(not may_keep)
        self.keep.setEnabled(may_keep)

    def offer(self, layouts: Sequence[Choice], current: str) -> None:
        """Offer the layouts on record; no name stands for one that is not kept yet."""
        self.layout_.set_choices([Choice("", _("New layout")), *layouts])
        self.layout_.set_value(current)

    def show_problems(self, said: Sequence[str], none: str) -> None:
        """Say the first problems and how many more there are, or that there are none."""
        clear(self._problems)
        for problem in said[:_MOST_SAID]:
            self.add_line("flag", Ink.BAD, problem)
        if len(said) > _MOST_SAID:
            more = len(said) - _MOST_SAID
            words = ngettext("and {count} more", "and {count} more", more)
            self.add_line("flag", Ink.BAD, words.format(count=more))
        if not said:
            self.add_line("circle-check", Ink.OK, none)

    def show_unread(self, why: str) -> None:
        """Say why there is no drawing, and nothing else of it."""
        clear(self._problems)
        self.add_line("triangle-alert", Ink.WARN, why)

    def add_line(self, icon: str, ink: Ink, said: str) -> None:
        """Say something more of the drawing."""
        self._problems.addWidget(_Line(icon, ink, said))


def may_leave_layout(asking: QWidget, *, is_changed: bool) -> bool:
    """Ask before what was changed in a layout is lost."""
    if not is_changed:
        return True
    ask = ConfirmDialog(
        _("Leave this layout?"),
        _("What was changed in it is not kept."),
        _("Leave it"),
        parent=asking.window(),
    )
    return bool(ask.exec())


class _Line(QWidget):
    """A sign and a sentence."""

    def __init__(self, icon: str, ink: Ink, said: str) -> None:
        super().__init__()
        self.said = said
        sign = Share(Picture(icon, ink, _SIGN), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row(sign, Share(Label(said, Text.BODY, ink, wrap=True)), gap=6))
