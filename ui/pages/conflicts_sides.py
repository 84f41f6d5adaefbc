"""The sides of a contradiction beside each other; what differs has a sign and a colour."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from stockpile.language import _, isolated
from stockpile.terms import term
from ui.theme import Ink, Space, Text
from ui.view_models.conflicts import Case, Field, SideShown
from ui.widgets.arrange import boxed, clear, column
from ui.widgets.button import Button
from ui.widgets.text import Identifier, Label, secondary
from ui.widgets.timeline import warned

MOST_BESIDE = 3
"""So many sides stand beside each other; more of them stand one under the other."""
_DIFFERS = "≠ {label}"
_TOP = Qt.AlignmentFlag.AlignTop


class Sides(QWidget):
    """Who says what, side by side; a record is one key or one press away.

    Signals:
        weapon_wanted: look at the record of a side: the weapon's id.
    """

    weapon_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.S)

    def show_case(self, case: Case) -> None:
        """Show the sides of a contradiction."""
        clear(self._grid)
        beside = len(case.sides) if len(case.sides) <= MOST_BESIDE else 1
        for at in range(MOST_BESIDE + 1):
            self._grid.setColumnStretch(at, 0 if at == 0 else int(at <= beside) * 2)
        line = 0
        for start in range(0, len(case.sides), beside):
            line = self._show_some(case, start, min(start + beside, len(case.sides)), line)

    def _show_some(self, case: Case, start: int, end: int, line: int) -> int:
        """Show sides beside each other from a line on; return the first line after them."""
        several = len(set(case.weapons)) > 1
        for at, side in enumerate(case.sides[start:end], 1):
            self._grid.addWidget(self._head(side, several=several), line, at, _TOP)
        for field in case.fields:
            if not any(field.values[start:end]):
                continue
            line += 1
            self._grid.addWidget(_label(field), line, 0, _TOP)
            for at, value in enumerate(field.values[start:end], 1):
                self._grid.addWidget(_value(field, value), line, at, _TOP)
        return line + 1

    def _head(self, side: SideShown, *, several: bool) -> QWidget:
        said: list[QWidget] = [Label(side.title, Text.HEADING, wrap=True)]
        if several and side.named:
            said.append(Identifier(side.named, Text.IDENTIFIER))
        said.append(secondary(side.who, wrap=True))
        if side.clock_doubted:
            said.append(warned(_("Its clock is in doubt.")))
        if several and side.weapon:
            look = Button(_("Open record"), icon="scan-barcode", height=32)
            look.setAccessibleName(f"{look.text()} {side.named}")
            look.clicked.connect(partial(self.weapon_wanted.emit, side.weapon))
            said.append(look)
        return boxed(column(*said, gap=2))


def _label(field: Field) -> Label:
    text = _DIFFERS.format(label=field.label) if field.differs else field.label
    return secondary(text, wrap=True)


def _value(field: Field, value: str) -> Label:
    said = value or _("nothing said")
    label = Label(said, Text.STRONG if field.differs else Text.BODY, wrap=True)
    if field.differs:
        label.set_ink(Ink.WARN)
        words = _("{name}: {value}, differs").format(name=field.label, value=said)
        label.setAccessibleName(words)
    return label


def photo_titles(sides: Sequence[SideShown]) -> list[tuple[str, str]]:
    """Return every photo of the sides once, with what it shows and which sides it belongs to."""
    of: dict[str, list[int]] = {}
    words: dict[str, str] = {}
    for number, side in enumerate(sides, 1):
        for one in side.photos:
            of.setdefault(one.digest, []).append(number)
            words[one.digest] = one.caption or term("view", one.view)
    return [
        (
            digest,
            _("Account {sides}: {what}").format(
                sides=", ".join(map(str, numbers)), what=isolated(words[digest])
            ),
        )
        for digest, numbers in of.items()
    ]
