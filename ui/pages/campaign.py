# ruff: noqa: N802 — Qt names what is overridden
"""The campaign planner: what stands ready on the left, what it takes on the right, live."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFileDialog

from stockpile import wording
from stockpile.domain.errors import FieldUnreadable
from stockpile.language import _, isolated
from stockpile.services.campaign_paper import Sheet, forecast_rows, numbers_sentence, pace_sentence
from stockpile.services.campaigns import Forecast
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.page import Page
from ui.session import Session
from ui.theme import Space, Tone
from ui.view_models.campaign import Asked, CampaignModel, Ground, wanted_by
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card
from ui.widgets.detail_table import Cell, DetailTable
from ui.widgets.field import Field, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.hotkeys import on_key
from ui.widgets.keycap import Shortcut
from ui.widgets.text import card_title, secondary

_ANSWER = 320


class CampaignPage(Page):
    """Figures in, days and stores out, each time a figure changes; F5 prints the plan."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = CampaignModel(desk, session, notices)
        self.weapons = Field(_("Weapons to mark"))
        self.begins = Field(_("First day"), hint=_("if you know it"), placeholder="2027-01-11")
        self.assumed = Field(_("Weapons an hour, assumed"))
        self.means: Mapping[str, Field] = _means_fields()
        self.print_plan = Button(_("Print the plan"), Kind.PRIMARY, "printer", hint="F5")
        self.pace = Banner("info", "", "", Tone.INFO)
        self.table = DetailTable(("", _("At the usual pace"), _("At the slow pace")), (3, 2, 2))
        self.numbers = secondary("", wrap=True)
        self._lay_out()
        self._connect()
        self.model.start()

    def entered(self, argument: str) -> None:
        """Plan so many weapons where a number comes with the word, else all that are unmarked."""
        if argument.isdecimal():
            self.weapons.set_text(argument)
        self.model.start()
        self._ask()
        self.weapons.setFocus(Qt.FocusReason.OtherFocusReason)

    def asked(self) -> Asked:
        """Return what stands in the fields."""
        return Asked(
            self.weapons.text(), self.begins.text(), self.assumed.text(),
            {name: field.text() for name, field in self.means.items()},
        )  # fmt: skip

    def _lay_out(self) -> None:
        head = self.head(
            _("Plan a campaign"),
            _("Days, people, fuel and pins, from the pace that was measured here."),
            self.print_plan,
        )
        first = FieldGrid((self.weapons, self.begins, self.assumed))
        means = FieldGrid(tuple(self.means.values()))
        inner = column(
            self.pace, first, card_title(_("What you have")), means, STRETCH, gap=Space.L,
            margins=(0, 0, Space.M, 0),
        )  # fmt: skip
        answer = Card(
            column(card_title(_("What it takes")), self.table, self.numbers, STRETCH, gap=Space.M)
        )
        keys = row(Shortcut("F5", _("print the plan")), STRETCH)
        left = boxed(column(Share(scrolled(boxed(inner))), boxed(keys), gap=Space.M))
        answer.setFixedWidth(_ANSWER)
        self._grids = (first, means)
        body = row(Share(left), answer, gap=Space.L)
        self.setLayout(column(head, Share(boxed(body)), gap=Space.L))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the fields in as many columns as there is room for beside the answer."""
        super().resizeEvent(event)
        for grid in self._grids:
            grid.fit(self.width() - _ANSWER - 3 * Space.XXL - Space.M)

    def _connect(self) -> None:
        model = self.model
        model.ground_shown.connect(self._show_ground)
        model.forecast.connect(self._show)
        model.refused.connect(self._refuse)
        model.printed.connect(self._printed)
        for field in (self.weapons, self.begins, self.assumed, *self.means.values()):
            field.edited.connect(self._ask)
            field.submitted.connect(self._ask)
        self.print_plan.clicked.connect(self._print)
        on_key(self, "F5", self.print_plan.click)
        remembered = model.remembered
        self.begins.set_text(remembered.begins)
        self.assumed.set_text(remembered.assumed)
        for name, field in self.means.items():
            field.set_text(remembered.means[name])

    def _show_ground(self, ground: Ground) -> None:
        if not self.weapons.text() and ground.unmarked:
            self.weapons.set_text(str(ground.unmarked))
            self._ask()
        self.assumed.setVisible(ground.pace is None or not ground.pace.is_enough)

    def _ask(self) -> None:
        self._clear()
        if self.weapons.text().strip():
            self.model.ask(self.asked())
        else:
            self.model.forget()
            self._empty()

    def _empty(self) -> None:
        self.print_plan.setEnabled(False)
        self.table.show_rows(())
        self.pace.say(
            "info", _("How many weapons?"), _("Every weapon on record bears its mark."), Tone.INFO
        )
        self.numbers.setText("")

    def _show(self, found: Forecast) -> None:
        asked = wanted_by(self.asked())
        sheet = Sheet(
            found.plan, found.pace, asked.means, asked.begins, found.ends, found.ends_slow
        )
        self.table.show_rows(
            [
                (Cell(name), Cell(usual, identifier=True), Cell(slow, identifier=True))
                for name, usual, slow in forecast_rows(sheet)
            ]
        )
        measured = found.plan.measured
        self.pace.say(
            "gauge" if measured else "triangle-alert",
            _("Measured pace") if measured else _("Assumed pace"),
            pace_sentence(found.pace),
            Tone.OK if measured else Tone.WARN,
        )
        self.numbers.setText(numbers_sentence(found.plan))
        self.print_plan.setEnabled(True)

    def _refuse(self, error: FieldUnreadable) -> None:
        self.print_plan.setEnabled(False)
        self.table.show_rows(())
        named = {
            "weapons": self.weapons, "begins": self.begins, "pace": self.assumed, **self.means
        }  # fmt: skip
        field = named.get(error.field, self.weapons)
        field.show_state(State.BAD, wording.error_sentence(error))

    def _clear(self) -> None:
        for field in (self.weapons, self.begins, self.assumed, *self.means.values()):
            field.show_state(State.PLAIN)

    def _print(self) -> None:
        name = _("marking campaign") + ".pdf"
        chosen = QFileDialog.getSaveFileName(self, _("Print the plan"), name, "PDF (*.pdf)")[0]
        if chosen:
            self.model.print(self.asked(), Path(chosen))

    def _printed(self, file: Path) -> None:
        opened = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(file)))
        self.toast.emit(_("The plan is in {file}.").format(file=isolated(file.name)), _("Open"),
                        opened)  # fmt: skip


def _means_fields() -> dict[str, Field]:
    return {
        "machines": Field(_("Machines")),
        "people": Field(_("People at each machine")),
        "hours": Field(_("Hours of marking a day")),
        "days_a_week": Field(_("Days a week")),
        "spare": Field(_("Days lost, %"), hint=_("rain, roads, repairs")),
        "travel": Field(_("Days on the road")),
        "litres": Field(_("Litres of fuel an hour"), hint=_("0: mains")),
        "pin_life": Field(_("Marks that a pin lasts"), hint=_("0: a laser")),
    }
