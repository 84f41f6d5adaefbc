"""What the workshop says of a weapon: what was mended, and what goes with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.facts import KitItem
from stockpile.domain.vocabulary import CONDITIONS
from stockpile.language import _
from stockpile.terms import known_codes, term
from ui.theme import Space
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.tick import Tick

_MAGAZINE = "magazine"
_A_ROW = 2
_MOST_MAGAZINES = 99


class RepairDialog(ConfirmDialog):
    """What an armourer did, and how the weapon stands after it.

    Signals:
        decided: the condition, and what was done.
    """

    decided = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        choices = [Choice(one, wording.condition(one)) for one in CONDITIONS if one != "unknown"]
        self._condition = ChoiceField(_("Condition"), choices)
        self._work = Field(_("What was done"))
        super().__init__(
            _("Repaired"),
            _("Whether it is fit to be issued again, an inspection says."),
            _("Write down"),
            danger=False,
            extra=boxed(column(self._work, self._condition, gap=Space.L)),
            parent=parent,
        )
        self._condition.set_value("serviceable")
        self._condition.chosen.connect(self._judge_done)
        self._work.edited.connect(self._judge_done)
        self._work.submitted.connect(self.accept)
        self._judge_done()
        self._work.setFocus()

    def accept(self) -> None:
        """Tell what was done."""
        if self.confirm.isEnabled():
            self.decided.emit(self._condition.value(), self._work.text().strip())
            super().accept()

    def _judge_done(self) -> None:
        self.confirm.setEnabled(bool(self._condition.value() and self._work.text().strip()))


class KitDialog(ConfirmDialog):
    """What goes with the weapon: it is ticked again at every issue and return.

    Signals:
        decided: all that goes with it from now on.
    """

    decided = Signal(object)

    def __init__(self, kit: Sequence[KitItem], parent: QWidget) -> None:
        self._kit = {one.kind: one for one in kit}
        kinds = [one for one in known_codes("kit") if one != _MAGAZINE]
        self._ticks = {kind: Tick(term("kit", kind)) for kind in kinds}
        for kind, tick in self._ticks.items():
            tick.setChecked(kind in self._kit)
        held = self._kit.get(_MAGAZINE)
        self._magazines = Field(_("Magazines"))
        self._magazines.set_text(str(held.count) if held else "0")
        ticks = list(self._ticks.values())
        rows = [
            row(*(Share(one) for one in ticks[start : start + _A_ROW]))
            for start in range(0, len(ticks), _A_ROW)
        ]
        super().__init__(
            _("What goes with it"),
            _("It is handed out with the weapon and must come back with it."),
            _("Set the kit"),
            danger=False,
            extra=boxed(column(self._magazines, *rows, gap=2)),
            parent=parent,
        )
        self._magazines.edited.connect(self._judge_count)
        self._magazines.submitted.connect(self.accept)
        self._judge_count()
        self._magazines.setFocus()
        self._magazines.edit.selectAll()

    def accept(self) -> None:
        """Tell what goes with it; a mark or number that stood beside an item stays."""
        if not self.confirm.isEnabled():
            return
        said: list[KitItem] = []
        count = int(self._magazines.text())
        if count:
            held = self._kit.get(_MAGAZINE)
            said.append(KitItem(_MAGAZINE, count, held.mark if held else ""))
        said += [
            self._kit.get(kind, KitItem(kind))
            for kind, tick in self._ticks.items()
            if tick.isChecked()
        ]
        self.decided.emit(tuple(said))
        super().accept()

    def _judge_count(self) -> None:
        text = self._magazines.text().strip()
        fits = text.isascii() and text.isdigit() and int(text) <= _MOST_MAGAZINES
        self._magazines.show_state(
            State.PLAIN if fits else State.BAD, "" if fits else _("Write a number from 0 to 99.")
        )
        self.confirm.setEnabled(fits)
