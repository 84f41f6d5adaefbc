"""The practice machine: choose which one stands here and what goes wrong; see the metal.

Training is for the day on which the cable is pulled, so every fault is one choice away, and what
the simulated machine has cut is seen as on a bench.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from stockpile.language import _, isolated
from stockpile.terms import term
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.page import Page
from ui.session import Session
from ui.theme import Space
from ui.view_models.practice_machine import PracticeMachineModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.flow import FlowLayout
from ui.widgets.metal_view import MetalView
from ui.widgets.nav_row import NavRow
from ui.widgets.text import card_title, secondary

_METAL = 360
_FAULTS: Final[tuple[tuple[str, Callable[[], str]], ...]] = (
    ("", lambda: _("Nothing goes wrong")),
    ("refuse", lambda: _("The machine refuses to start")),
    ("lose-request", lambda: _("The start is lost on its way")),
    ("lose-answer", lambda: _("The answer to the start is lost")),
    ("lose-end", lambda: _("The end of the mark is not reported")),
    ("end-late", lambda: _("The end is reported much too late")),
    ("damage-text", lambda: _("The cable changes a letter")),
    ("estop-mid", lambda: _("Emergency stop half way")),
    ("restart-mid", lambda: _("The machine loses its power half way")),
    ("pull-mid", lambda: _("Cable pulled half way: it goes on")),
    ("pull-mid:stop", lambda: _("Cable pulled half way: it stops")),
    ("pull-end", lambda: _("Cable pulled before the end report")),
    ("busy", lambda: _("The machine is busy with something else")),
    ("stranger", lambda: _("Another machine is on the cable")),
    ("silent", lambda: _("The machine does not answer at all")),
)


class PracticeMachinePage(Page):
    """What goes wrong, and what stands on the metal because of it."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = PracticeMachineModel(desk, session, notices)
        self.machine = ChoiceField(_("The machine that stands here"))
        self.faults = {
            fault: NavRow("zap" if fault else "check", words()) for fault, words in _FAULTS
        }
        self.metal = MetalView(_("What stands on the metal"))
        self.bare = Button(_("New piece of metal"), icon="square")
        self.photo = Button(_("Save the photo"), icon="camera")
        self.acts = {
            "pull": Button(_("Pull the cable"), icon="x"),
            "plug": Button(_("Put it back"), icon="plug"),
            "pedal": Button(_("Step on the pedal"), icon="arrow-down"),
            "restart": Button(_("Switch it off and on"), icon="power"),
        }
        self._faces = QStackedLayout(self)
        self._faces.addWidget(self._bench())
        self._faces.addWidget(self._elsewhere())
        self._connect()

    def entered(self, argument: str) -> None:
        """Look at the machine."""
        del argument
        self._faces.setCurrentIndex(0 if self.model.is_practice else 1)
        self.model.start()

    def left(self) -> None:
        """Look away."""
        self.model.stop()

    def _bench(self) -> QWidget:
        for choice in self.faults.values():
            choice.setAutoExclusive(True)
        self.faults[""].setChecked(True)
        head = self.head(
            _("Practice machine"),
            _("It answers over a real cable. What you choose here goes wrong until you choose"
              " otherwise."),
        )  # fmt: skip
        faults = column(
            self.machine, card_title(_("What goes wrong")), *self.faults.values(), STRETCH, gap=4,
            margins=(0, 0, Space.M, 0),
        )  # fmt: skip
        acts = FlowLayout(Space.S)
        for act in (self.bare, self.photo, *self.acts.values()):
            acts.addWidget(act)
        metal = Card(
            column(
                card_title(_("What stands on the metal")), Share(self.metal),
                secondary(_("The photo can be given to the marking page to be read."), wrap=True),
                boxed(acts), gap=Space.S,
            )
        )  # fmt: skip
        metal.setFixedWidth(_METAL)
        body = row(Share(scrolled(boxed(faults))), metal, gap=Space.L)
        return boxed(column(head, Share(boxed(body)), gap=Space.L))

    def _elsewhere(self) -> QWidget:
        face = EmptyState(
            "stamp",
            _("Only a practice depot has a practice machine"),
            _("Sign out and open the practice depot to try what a machine can do to you."),
        )
        return boxed(column(self.head(_("Practice machine")), Share(face)))

    def _connect(self) -> None:
        model = self.model
        model.machines_known.connect(self._show_machines)
        model.seen.connect(self._show_metal)
        self.machine.chosen.connect(self._use)
        for fault, choice in self.faults.items():
            choice.clicked.connect(partial(model.order, "fault", fault))
        for order, button in self.acts.items():
            button.clicked.connect(partial(model.order, order, ""))
        self.bare.clicked.connect(partial(model.order, "bare", ""))
        self.photo.clicked.connect(self._save)

    def _use(self, driver: str) -> None:
        """Put another machine there; words that are half typed name none yet."""
        if driver:
            self.model.use(driver)

    def _show_machines(self, drivers: tuple[str, ...], now: str) -> None:
        self.machine.set_choices([Choice(one, term("driver", one)) for one in drivers])
        self.machine.set_value(now)

    def _show_metal(self, png: bytes) -> None:
        self.metal.show_picture(png)

    def _save(self) -> None:
        image = self.metal.image
        if image.isNull():
            return
        name = _("mark") + ".png"
        chosen = QFileDialog.getSaveFileName(self, _("Save the photo"), name, "PNG (*.png)")[0]
        if not chosen:
            return
        if image.save(chosen):
            said = _("The photo is in {file}.")
        else:
            said = _("The photo could not be written to {file}. Choose another place.")
        self.toast.emit(said.format(file=isolated(Path(chosen).name)), "", None)
