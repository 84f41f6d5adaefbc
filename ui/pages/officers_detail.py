"""One office: who, how it stands, what they may do, and what may be done about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.facts import Role
from stockpile.domain.offices import Office
from stockpile.language import _, isolated
from ui.pages.officers_words import (
    acts_word,
    bar_word,
    button_word,
    roles_word,
    since_word,
    state_word,
    waiting_word,
)
from ui.theme import Ink, Space, Text
from ui.view_models.officers import Change, OfficersModel
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.chip import Chip
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.flow import FlowLayout
from ui.widgets.text import Label, card_title, secondary

_CHANGES: tuple[Change, ...] = (
    "roles", "badge", "pin", "own_pin", "unlock", "suspend", "reinstate", "retire",
)  # fmt: skip
_ONLY_WHERE_IT_FITS = frozenset[Change]({"own_pin", "unlock", "suspend", "reinstate", "retire"})
"""Buttons that are there only where the office stands so; the others say why they cannot be."""


class OfficeDetail(QWidget):
    """The panel beside the list.

    Signals:
        wanted: what is to be done to the office shown.
    """

    wanted = Signal(str)

    def __init__(self, model: OfficersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.office: Office | None = None
        self._name = Label("", Text.CARD_TITLE, wrap=True)
        self._chip = Chip("")
        self._told = DetailList()
        self._may: QVBoxLayout = column(gap=Space.S)
        self._bar = Label("", Text.BODY, Ink.MUTED, wrap=True)
        self.back = Button(_("Back to the list"), Kind.GHOST, "arrow-left")
        self.buttons: dict[Change, Button] = {}
        flow = FlowLayout(Space.S)
        for change in _CHANGES:
            flow.addWidget(self._button(change))
        whole = QWidget()
        whole.setLayout(
            column(
                row(self.back, STRETCH), self._name, row(self._chip, STRETCH), self._told,
                self._bar, boxed(flow), card_title(_("What they may do")), boxed(self._may),
                STRETCH, gap=Space.M, margins=(0, 0, Space.M, 0),
            )
        )  # fmt: skip
        self.setLayout(column(Share(scrolled(whole))))
        self.offer_back(offered=False)

    def offer_back(self, *, offered: bool) -> None:
        """Offer the way back to the list."""
        self.back.setVisible(offered)

    def show_office(self, office: Office) -> None:
        """Show an office, and what the officer at the desk may do about it."""
        self.office = office
        wait = self._model.board.waits.get(office.id, 0)
        self._name.setText(isolated(office.body.name))
        self._chip.show_status(*state_word(office))
        self._told.show_details(_details(office, wait))
        clear(self._may)
        for role in office.body.roles:
            self._may.addWidget(_role(role))
        bars = {change: self._model.bar(change, office) for change in _CHANGES}
        for change, button in self.buttons.items():
            self._show_button(change, button, bars[change])
        shown = [bars[one] for one in ("roles", "suspend", "reinstate") if bars[one] != "state"]
        said = shown[0] if shown and all(shown) else ""
        self._bar.setText(bar_word(said))
        self._bar.setVisible(bool(said))

    def focus(self) -> None:
        """Put the cursor on what can be done first."""
        able = next((one for one in self.buttons.values() if one.isEnabled()), None)
        if able is not None:
            able.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, change: Change) -> Button:
        word, icon = button_word(change)
        kind = Kind.DANGER if change in ("suspend", "retire") else Kind.SECONDARY
        button = Button(word, kind, icon)
        button.clicked.connect(partial(self.wanted.emit, change))
        self.buttons[change] = button
        return button

    def _show_button(self, change: Change, button: Button, bar: str) -> None:
        """Show a button; one that cannot be pressed says why, to eyes and to ears."""
        button.setEnabled(not bar)
        button.setVisible(not (bar == "state" and change in _ONLY_WHERE_IT_FITS))
        button.setToolTip(bar_word(bar))
        button.setAccessibleDescription(bar_word(bar))
        if change == "badge" and self.office is not None:
            button.setText(_("Another badge") if self.office.body.badge else button_word(change)[0])


def _role(role: Role) -> QWidget:
    said = column(
        Label(wording.role(role), Text.FIELD), secondary(acts_word(role), wrap=True), gap=2
    )
    return boxed(said)


def _details(office: Office, wait: int) -> list[Detail]:
    badge = _("has one") if office.body.badge else _("none yet")
    told = [
        Detail(_("Roles"), roles_word(office)),
        Detail(_("Since"), since_word(office)),
        Detail(_("Badge"), badge),
    ]
    if office.reason:
        told.insert(2, Detail(_("Reason"), isolated(office.reason)))
    if wait:
        told.append(Detail(_("PIN"), waiting_word(wait), ink=Ink.BAD))
    return told
