# ruff: noqa: N802 — Qt names what is overridden
"""Steps of one deed in a row: done, under way, to come."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from stockpile.language import _
from ui.theme import Ink, Space, Text, Tone, colour, font, paint_icon, tokens
from ui.widgets.arrange import Item, Share, boxed, row, rule
from ui.widgets.drawing import CENTRE, rounded, smooth, words
from ui.widgets.text import Label

_SIZE = 28
_TICK = 16
_SQUARE, _ROUND = 8, 14


class Stage(StrEnum):
    """Where a step is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


class StepMark(QWidget):
    """The number of a step, or a tick when it is done."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._stage = number, Stage.LATER
        self.setFixedSize(_SIZE, _SIZE)

    def show_stage(self, stage: Stage) -> None:
        """Show where the step is."""
        self._stage = stage
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a tick on a soft square, or the number on a disc."""
        del event
        painter, place, now = smooth(self), QRectF(self.rect()), tokens()
        if self._stage is Stage.DONE:
            rounded(painter, place, _SQUARE, Tone.OK.fill(now))
            gap = (_SIZE - _TICK) / 2
            middle = place.adjusted(gap, gap, -gap, -gap)
            paint_icon(painter, middle, "check", colour(Ink.OK).name())
            return
        under_way = self._stage is Stage.NOW
        rounded(painter, place, _ROUND, now.accent if under_way else now.grey_soft)
        ink = now.on_accent if under_way else now.grey
        words(painter, self.rect(), str(self._number), font(13, 600), ink, CENTRE)


class Stepper(QWidget):
    """The steps with lines between them."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps, self._shown = tuple(steps), -1
        self._marks = [StepMark(number) for number in range(1, len(steps) + 1)]
        self._labels = [Label(step, Text.FIELD, Ink.MUTED) for step in steps]
        items: list[Item] = []
        for mark, label in zip(self._marks, self._labels, strict=True):
            if items:
                items.append(Share(boxed(row(rule()))))
            items.append(boxed(row(mark, label)))
        self.setLayout(row(*items, gap=Space.M))
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Show that the step with this index is under way; the number of steps means all done."""
        if current == self._shown:
            return
        self._shown = current
        pairs = zip(self._marks, self._labels, strict=True)
        for index, (mark, label) in enumerate(pairs):
            stage = _stage(index, current)
            mark.show_stage(stage)
            label.set_ink(Ink.MUTED if stage is Stage.LATER else Ink.TEXT)
            label.use_letters(font(14, 600 if stage is Stage.NOW else 500))
        self.setAccessibleName(self._spoken(current))

    def _spoken(self, current: int) -> str:
        if current >= len(self._steps):
            return _("All {count} steps are done").format(count=len(self._steps))
        said = _("Step {number} of {count}: {step}")
        return said.format(number=current + 1, count=len(self._steps), step=self._steps[current])


def _stage(index: int, current: int) -> Stage:
    if index < current:
        return Stage.DONE
    return Stage.NOW if index == current else Stage.LATER
