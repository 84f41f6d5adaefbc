# ruff: noqa: N802 — Qt names what is overridden
"""The way to every page, at the side where reading starts; the officer at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from stockpile.language import _, plain
from ui.theme import Ink, Radius, Space, Text, colour, font, paint_icon, tokens
from ui.widgets.arrange import Share, column, row
from ui.widgets.button import IconButton
from ui.widgets.drawing import CENTRE, LEADING, facing, rounded, smooth, words
from ui.widgets.nav_row import NavRow
from ui.widgets.ring import KeyRing
from ui.widgets.text import Label, ShortLabel

WIDTH = 212
_WIDEST = 236
"""In pixels: so wide it grows for a language of long words, and no wider."""
_BADGE = 30
_OFFICER = 48


@dataclass(frozen=True, slots=True)
class Destination:
    """A page in the sidebar: the name the program uses, its icon, its word and its keys."""

    key: str
    icon: str
    text: str
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that belong together, under a title."""

    title: str
    destinations: tuple[Destination, ...]


class Sidebar(QWidget):
    """The pages in sections, the foot for settings and the signed-in officer.

    Signals:
        chosen: the key of the page that the person wants.
        officer_pressed: the person wants to sign out.
        lock_pressed: the person wants the desk locked, to go on later or let another go on.
    """

    chosen = Signal(str)
    officer_pressed = Signal()
    lock_pressed = Signal()

    def __init__(
        self,
        place: str,
        programme: str,
        sections: Sequence[Section],
        foot: Sequence[Destination] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows: dict[str, NavRow] = {}
        self._place = ShortLabel(place, Text.HEADING)
        self._programme = ShortLabel(programme, Text.CAPTION, Ink.MUTED)
        self._officer = OfficerRow()
        self._officer.clicked.connect(self.officer_pressed)
        self._lock = IconButton("lock", _("Lock, or let another officer go on: Ctrl+L"))
        self._lock.clicked.connect(self.lock_pressed)
        self._lock.setVisible(False)
        head = row(_Emblem(), Share(column(self._place, self._programme, gap=0)), gap=10)
        body = column(gap=1)
        for number, section in enumerate(sections):
            self._add_section(body, section, above=Space.L if number else Space.S)
        body.addStretch(1)
        for destination in foot:
            body.addWidget(self._row(destination))
        who = row(Share(self._officer), self._lock, gap=2)
        whole = column(head, Space.XS, Share(body), who, gap=6)
        edges = (Space.M, Space.L, Space.S, 0)
        self.setLayout(column(whole, margins=edges))
        widest = max(nav.sizeHint().width() for nav in self._rows.values())
        self.setFixedWidth(min(max(WIDTH, widest + Space.M + Space.S), _WIDEST))
        self.setProperty("surface", "bg")

    def show_place(self, place: str, programme: str) -> None:
        """Show where this computer stands."""
        self._place.setText(place)
        self._programme.setText(programme)

    def show_officer(self, name: str, role: str) -> None:
        """Show who is signed in; an empty name shows nobody."""
        self._officer.show_officer(name, role)
        self._lock.setVisible(bool(name))

    def select(self, key: str) -> None:
        """Show that a page is open."""
        for name, nav in self._rows.items():
            nav.setChecked(name == key)

    def set_counter(self, key: str, counter: str) -> None:
        """Show how much waits on a page."""
        self._rows[key].set_counter(counter)

    def destinations(self) -> tuple[str, ...]:
        """Return the keys of all pages, from the top."""
        return tuple(self._rows)

    def _add_section(self, body: QVBoxLayout, section: Section, *, above: int) -> None:
        title = Label(section.title.upper(), Text.SECTION, Ink.MUTED)
        body.addLayout(row(title, margins=(10, above, 0, Space.XS)))
        for destination in section.destinations:
            body.addWidget(self._row(destination))

    def _row(self, destination: Destination) -> NavRow:
        nav = NavRow(destination.icon, destination.text, destination.shortcut)
        nav.clicked.connect(lambda: self._choose(destination.key))
        self._rows[destination.key] = nav
        return nav

    def _choose(self, key: str) -> None:
        self.select(key)
        self.chosen.emit(key)


class OfficerRow(KeyRing, QAbstractButton):
    """Who is signed in: initials on a disc, name and role."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role = "", ""
        self.setFixedHeight(_OFFICER)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_officer(self, name: str, role: str) -> None:
        """Show an officer."""
        self._name, self._role = name, role
        self.setAccessibleName(plain(f"{name}, {role}" if role else name))
        self.setVisible(bool(name))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of two lines and the disc."""
        return QSize(160, _OFFICER)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc, the name and the role."""
        del event
        painter, now = smooth(self), tokens()
        place = QRectF(self.rect())
        if self.underMouse():
            rounded(painter, place, Radius.CONTROL, now.border)
        if self.ringed:
            rounded(painter, place, Radius.CONTROL, None, now.focus, 2)
        disc = facing(self, QRect(4, 9, _BADGE, _BADGE))
        rounded(painter, QRectF(disc), _BADGE / 2, colour(Ink.CHART5).name())
        words(painter, disc, initials(self._name), font(11, 600), now.on_accent, CENTRE)
        room = self.width() - 44 - 4
        upper, lower = QRect(44, 7, room, 18), QRect(44, 25, room, 16)
        words(painter, facing(self, upper), self._name, font(13, 500), now.text, LEADING)
        words(painter, facing(self, lower), self._role, font(11), now.text3, LEADING)


class _Emblem(QWidget):
    """The shield of the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(_BADGE, _BADGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shield on the accent."""
        del event
        painter, place = smooth(self), QRectF(self.rect())
        rounded(painter, place, Radius.CONTROL, tokens().accent)
        paint_icon(painter, place.adjusted(6, 6, -6, -6), "shield", tokens().on_accent)


def initials(name: str) -> str:
    """Return at most two first letters of a name: "A. Mbuyi" gives "AM"."""
    letters = [part[0] for part in plain(name).replace(".", " ").split() if part]
    return "".join(letters[:1] + letters[1:][-1:]).upper()
