"""The question when a lost weapon is back: where it lies now, and how it came."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId
from stockpile.language import _, isolated, ngettext
from ui.pages.figures import figure
from ui.pages.weapon_dialogs import place_words
from ui.theme import Space
from ui.widgets.arrange import boxed, column
from ui.widgets.dialogs import SHORTEST_REASON, ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field


class RecoverDialog(ConfirmDialog):
    """Where it lies from now on, and how it came back or why the report was a mistake.

    Signals:
        decided: the place's id, and the circumstances.
    """

    decided = Signal(str, str)

    def __init__(
        self, named: Sequence[str], places: Sequence[Place], site: PlaceId, parent: QWidget
    ) -> None:
        within = {place.id: place.name for place in places}
        self.place = ChoiceField(
            _("Place"), [Choice(one.id, place_words(one, within)) for one in places]
        )
        self.place.set_value(site)
        self.circumstances = Field(_("How it came back, or why the report was a mistake"))
        if len(named) == 1:
            said = _("{weapon} comes back into account. The alarm ends everywhere.").format(
                weapon=isolated(named[0])
            )
        else:
            words = ngettext(
                "{count} weapon comes back into account. The alarm ends everywhere.",
                "{count} weapons come back into account. The alarm ends everywhere.",
                len(named),
            )
            said = words.format(count=figure(len(named)))
        super().__init__(
            _("Back from loss"),
            said,
            _("Take back"),
            danger=False,
            extra=boxed(column(self.circumstances, self.place, gap=Space.L)),
            parent=parent,
        )
        self.circumstances.edited.connect(self._judge_words)
        self.circumstances.submitted.connect(self.confirm.click)
        self.accepted.connect(self._decide)
        self._judge_words("")
        self.circumstances.setFocus()

    def _judge_words(self, text: str) -> None:
        self.confirm.setEnabled(len(text.strip()) >= SHORTEST_REASON)

    def _decide(self) -> None:
        self.decided.emit(self.place.value(), self.circumstances.text().strip())
