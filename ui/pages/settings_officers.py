"""The officers of this depot, as a list; what is changed about them has a page of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.people import Officer
from stockpile.language import _, isolated
from ui.theme import Space, Text, Tone
from ui.view_models.settings import SettingsModel, SetUp
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.picture import Tile
from ui.widgets.text import Label, card_title, secondary


class OfficersSection(QWidget):
    """Who holds an office, and the way to the page where that is changed.

    Signals:
        page_wanted: the page of officers.
    """

    page_wanted = Signal()

    def __init__(self, model: SettingsModel) -> None:
        super().__init__()
        self._lines: QVBoxLayout = column(gap=Space.S)
        self.open = Button(_("Appoint, badges, PINs, roles"), Kind.PRIMARY, "users")
        self.open.setToolTip("Alt+O")
        self.open.clicked.connect(self.page_wanted)
        said = secondary(_("Every act stands on record under its officer's name."), wrap=True)
        head = column(card_title(_("Officers")), said, gap=Space.XS)
        foot = row(STRETCH, self.open)
        list_ = Card(column(head, boxed(self._lines), foot, gap=Space.M))
        self.setLayout(column(list_, STRETCH, gap=Space.M))
        model.came.connect(self._show)

    def _show(self, set_up: SetUp) -> None:
        clear(self._lines)
        for number, officer in enumerate(set_up.officers):
            if number:
                self._lines.addWidget(rule())
            self._lines.addWidget(_line(officer))


def _line(officer: Officer) -> QWidget:
    """Return the name, and under it as many lines of roles as there are."""
    roles = FlowLayout(Space.XS)
    for one in officer.roles:
        roles.addWidget(Chip(wording.role(one), Tone.INFO, dot=False))
    said = column(Label(isolated(officer.name), Text.FIELD, wrap=True), boxed(roles), gap=Space.XS)
    tile = Tile("user", Tone.GREY, 32, 16)
    return boxed(row(Share(tile, 0, Qt.AlignmentFlag.AlignTop), Share(said), gap=Space.M))
