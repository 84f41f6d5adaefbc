"""What the window knows of every page: it can be entered, it may ask to go elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Space
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.flow import FlowLayout
from ui.widgets.text import page_title, secondary


class Page(QWidget):
    """A page of the program.

    Signals:
        go: open another page; its key and what it should show (a weapon's id, or nothing).
        toast: say something with an action: the text, the action's word, what it does.
        counted: how much waits on this page, for the sidebar.
    """

    go = Signal(str, str)
    toast = Signal(str, str, object)
    counted = Signal(str)

    def entered(self, argument: str) -> None:
        """Be opened, perhaps to show one thing; the first field gets the cursor."""
        del argument

    def left(self) -> None:
        """Be put away; what is half typed stays."""

    def reseated(self) -> None:
        """Show what another officer may do who took over; what is half-typed stays."""

    def head(self, title: str, sentence: str = "", *actions: QWidget) -> QWidget:
        """Return the title of the page with its actions at the end."""
        head = QWidget()
        words = [page_title(title)]
        if sentence:  # it takes another line where the actions leave it little room
            words.append(secondary(sentence, wrap=True))
        said = boxed(column(*words, gap=2))
        said.setMinimumWidth(said.minimumSizeHint().width())  # the actions take what they need
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        acts = FlowLayout(Space.S, at_end=True)
        for action in actions:
            acts.addWidget(action)
        head.setLayout(row(Share(said), boxed(acts)))
        return head


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as the window lists it: its key, icon, word, shortcut, section and how it is made.

    A page ``under`` another one is not listed itself: it is reached from there, and no program
    begins with it. Without a shortcut it is about one thing, and is not opened without it.
    """

    key: str
    icon: str
    title: str
    shortcut: str
    section: str
    make: Callable[[], Page]
    under: str = ""
