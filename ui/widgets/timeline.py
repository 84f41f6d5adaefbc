"""What happened, newest first: an icon, what, and by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from stockpile.language import plain
from ui.theme import Ink, Text, Tone
from ui.widgets.arrange import Share, boxed, clear, column, row
from ui.widgets.picture import Picture, Tile
from ui.widgets.text import Label

_GAP = 12
_TILE = 26
_SIGN = 14


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; ``warning`` is what speaks against what is said of it."""

    icon: str
    title: str
    detail: str = ""
    tone: Tone = Tone.GREY
    warning: str = ""


class Timeline(QWidget):
    """The events from top to bottom."""

    def __init__(self, events: Sequence[Event] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: QVBoxLayout = column(gap=_GAP)
        self.setLayout(self._column)
        self.show_events(events)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show other events."""
        clear(self._column)
        for event in events:
            line = boxed(_line(event))
            line.setAccessibleName(
                plain(f"{event.title}. {event.detail}. {event.warning}".strip(". "))
            )
            self._column.addWidget(line)


def _line(event: Event) -> QLayout:
    said: list[QWidget] = [Label(event.title, Text.STRONG, wrap=True)]
    if event.detail:
        said.append(Label(event.detail, Text.SECONDARY, Ink.MUTED, wrap=True))
    if event.warning:
        said.append(warned(event.warning))
    return row(Tile(event.icon, event.tone, _TILE, 14), Share(column(*said, gap=0)), gap=10)


def warned(text: str) -> QWidget:
    """Return what speaks against what is said above it: a sign, and in words."""
    words = Label(text, Text.SECONDARY, Ink.WARN, wrap=True)
    return boxed(row(Picture("triangle-alert", Ink.WARN, _SIGN), Share(words), gap=6))
