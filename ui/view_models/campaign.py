"""The campaign planner: figures typed, forecast shown; no screen in here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.campaigns import Means, Pace
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.services.campaigns import Forecast, Wanted
from stockpile.services.documents import Drawn
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

_FIGURES: Final = tuple(one.name for one in fields(Means))


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the fields, as typed; ``means`` by the names of its figures."""

    weapons: str = ""
    begins: str = ""
    assumed: str = "12"
    means: dict[str, str] = field(
        default_factory=lambda: {name: f"{getattr(Means(), name):g}" for name in _FIGURES}
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What the record says before anything is typed: unmarked weapons, and the pace measured."""

    unmarked: int = 0
    pace: Pace | None = None


class CampaignModel(QObject):
    """The planner.

    Signals:
        ground_shown: what the record says: a Ground.
        forecast: what the campaign takes: a Forecast.
        refused: a figure makes no sense: the error, whose field names it.
        printed: the sheet is drawn: where.
    """

    ground_shown = Signal(object)
    forecast = Signal(object)
    refused = Signal(object)
    printed = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._grounds = Latest[Ground](desk, self, self.ground_shown.emit, notices.trouble)
        self._forecasts = Latest[Forecast](desk, self, self.forecast.emit, self.refused.emit)

    def start(self) -> None:
        """Read what is unmarked and how fast it goes here."""
        if self._session.is_open:
            self._grounds.ask(partial(_ground, self._session.stockpile))

    @property
    def remembered(self) -> Asked:
        """Return what was typed last on this computer."""
        return read_asked(self._session.settings.campaign)

    def ask(self, asked: Asked) -> None:
        """Forecast what is typed, and remember it."""
        try:
            wanted = wanted_by(asked)
        except FieldUnreadable as error:
            self.forget()
            self.refused.emit(error)
            return
        self._session.remember(campaign=written(asked))
        self._forecasts.ask(partial(self._session.stockpile.campaigns.forecast, wanted))

    def forget(self) -> None:
        """Drop what was asked: its answer is of no use where something else is typed now."""
        self._forecasts.forget()

    def print(self, asked: Asked, file: Path) -> None:
        """Draw the plan as a sheet."""
        campaigns, by = self._session.stockpile.campaigns, self._session.officer
        wanted = wanted_by(asked)

        def drawn(told: Drawn) -> None:
            self.printed.emit(told.file)

        self._desk.ask(
            self,
            lambda: campaigns.draw(campaigns.sheet(wanted, by=by), file),
            drawn,
            self._notices.trouble,
        )


def wanted_by(asked: Asked) -> Wanted:
    """Return the plan that the fields ask for; raises FieldUnreadable, naming the field."""
    said = {name: _number(name, asked.means.get(name, "")) for name in _FIGURES}
    means = Means(
        machines=int(said["machines"]),
        people=int(said["people"]),
        hours=said["hours"],
        days_a_week=int(said["days_a_week"]),
        spare=said["spare"] / 100,
        litres=said["litres"],
        pin_life=int(said["pin_life"]),
        travel=int(said["travel"]),
    )
    return Wanted(
        int(_number("weapons", asked.weapons)), MOSAIC_IMPORT, means, asked.begins.strip(),
        _number("pace", asked.assumed),
    )  # fmt: skip


def written(asked: Asked) -> str:
    """Return the fields as the settings keep them."""
    return json.dumps({"begins": asked.begins, "assumed": asked.assumed, "means": asked.means})


def read_asked(text: str) -> Asked:
    """Return the fields that the settings kept; the usual ones where they make no sense."""
    usual = Asked()
    means = {**usual.means, "spare": f"{100 * Means().spare:g}"}
    try:
        said = json.loads(text) if text else {}
        kept = {str(name): str(value) for name, value in said.get("means", {}).items()}
    except (ValueError, AttributeError):
        return Asked(means=means)
    known = {name: value for name, value in kept.items() if name in _FIGURES}
    return Asked(
        "", str(said.get("begins", "")), str(said.get("assumed", usual.assumed)), means | known
    )


def _number(name: str, text: str) -> float:
    try:
        value = float(text.strip().replace(",", ".") or 0)
    except ValueError as error:
        raise FieldUnreadable(name, text) from error
    if not abs(value) < 1e9:  # noqa: PLR2004 - also what is no number at all
        raise FieldUnreadable(name, text)
    return value


def _ground(stockpile: Stockpile) -> Ground:
    return Ground(stockpile.campaigns.unmarked(), stockpile.campaigns.pace())
