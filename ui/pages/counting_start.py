# ruff: noqa: N802 — Qt names what is overridden
"""Before a count: what is due, what can be gone on with, what was closed last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from stockpile.domain.opening_counts import Stocktake
from stockpile.language import _, isolated, ngettext
from stockpile.terms import term
from ui.pages.counting_words import figure
from ui.pages.scan_page import is_typed
from ui.pages.standing import joined
from ui.theme import Ink, Space, Tone
from ui.view_models.counting_plans import Begun, Due, Start
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card
from ui.widgets.chip import Chip
from ui.widgets.hotkeys import on_key
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import card_title, secondary

_WHOLE = 100
_STRAY = 300
"""Milliseconds: who presses Enter that soon after a letter is a scanner."""


class CountingStart(QWidget):
    """The way into a count. Enter begins what is due first.

    Signals:
        new_wanted: plan a count of one's own.
        due_wanted: begin what a rule asks for: a Due.
        resume_wanted: go on with a count: a Stocktake.
        report_wanted: look at a closed count: a Stocktake.
        investigations_wanted: look at what counts left open.
        strayed: something was scanned here, where a scan begins nothing.
    """

    new_wanted = Signal()
    due_wanted = Signal(object)
    resume_wanted = Signal(object)
    report_wanted = Signal(object)
    investigations_wanted = Signal()
    strayed = Signal()

    def __init__(self, head: Callable[..., QWidget]) -> None:
        super().__init__()
        self._start, self._stray = Start(), QElapsedTimer()
        self.new = Button(_("New count"), Kind.PRIMARY, "plus", hint="F2")
        self.investigations = Button(_("Investigations"), icon="search", hint="F6")
        self._no_right = Banner(
            "lock",
            _("Your role does not include counting"),
            _("You can look at closed counts here. A storekeeper or an armourer counts."),
            Tone.WARN,
        )
        self.due, self._due_chip = LineList(_("Due")), Chip("", Tone.BAD)
        self.open, self.closed = LineList(_("Begun")), LineList(_("Closed last"))
        self._none_closed = secondary(_("No count has been closed yet."), wrap=True)
        self._none_due = secondary(_("No rule asks for a count. Plan one: F2."), wrap=True)
        title = head(
            _("Stocktake"), _("The armoury stays open while you count."),
            self.investigations, self.new,
        )  # fmt: skip
        self._open_card = _card(_("Begun: go on where it stopped"), self.open, secondary(""))
        due = _card(_("To count"), self.due, self._none_due, self._due_chip)
        right = column(
            Share(self._open_card),
            Share(_card(_("Closed last"), self.closed, self._none_closed)),
            gap=Space.M,
        )
        cards = row(Share(due, 3), Share(boxed(right), 2), gap=Space.M)
        hints = boxed(
            row(
                Shortcut("↵", _("begin")), Shortcut("F2", _("new count")),
                Shortcut("F6", _("investigations")), STRETCH, gap=Space.L,
            )
        )  # fmt: skip
        self.setLayout(column(title, self._no_right, Share(cards), hints, gap=Space.M))
        self._listen()

    def show_start(self, start: Start, *, may: bool) -> None:
        """Show how it stands."""
        self._start = start
        self._no_right.setVisible(not may)
        self.new.setEnabled(may)
        self.due.show_lines([_due_line(one) for one in start.due])
        late = sum(one.is_overdue for one in start.due)
        words = ngettext("{count} overdue", "{count} overdue", late)
        self._due_chip.show_status(words.format(count=isolated(figure(late))), Tone.BAD)
        self._due_chip.setVisible(bool(late))
        self.open.show_lines([_begun_line(one) for one in start.open])
        self._open_card.setVisible(bool(start.open))
        self.closed.show_lines([_closed_line(one) for one in start.closed])
        self._none_closed.setVisible(not start.closed)
        self._none_due.setVisible(not start.due)
        for shown in (self.due, self.open, self.closed):
            if shown.lines and not shown.currentIndex().isValid():
                shown.setCurrentIndex(shown.rows.index(0))

    def focus(self) -> None:
        """Put the cursor where Enter does what is next: go on, or begin what is due."""
        first = next((one for one in (self.open, self.due) if one.lines), self.new)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Note that somebody scans: the Enter at the end of a code begins no count."""
        if is_typed(event):
            self._stray.restart()
        super().keyPressEvent(event)

    def _is_stray(self) -> bool:
        """Say whether Enter comes from a scanner, and tell so."""
        stray = self._stray.isValid() and self._stray.elapsed() < _STRAY
        if stray:
            self.strayed.emit()
        return stray

    def _listen(self) -> None:
        self.new.clicked.connect(self.new_wanted)
        self.investigations.clicked.connect(self.investigations_wanted)
        self.due.opened.connect(self._begin)
        self.open.opened.connect(partial(self._choose, "open"))
        self.closed.opened.connect(partial(self._choose, "closed"))
        for keys, button in (("F2", self.new), ("F6", self.investigations)):
            on_key(self, keys, button.click)

    def _begin(self, key: str) -> None:
        if self.new.isEnabled() and not self._is_stray():
            due = next(one for one in self._start.due if one.key == key)
            self.due_wanted.emit(due)

    def _choose(self, which: str, key: str) -> None:
        if self._is_stray():
            return
        among = self._start.open if which == "open" else self._start.closed
        stocktake = next(one.stocktake for one in among if one.stocktake.id == key)
        told = self.resume_wanted if which == "open" else self.report_wanted
        told.emit(stocktake)


def _card(title: str, shown: LineList, none: QWidget, *beside: QWidget) -> Card:
    head = row(card_title(title), *beside, STRETCH)
    none.hide()
    return Card(
        column(head, none, Share(shown), gap=Space.S), margins=(Space.L, Space.M, Space.L, Space.S)
    )


def _due_line(due: Due) -> LiveLine:
    plan = due.plan
    share = _("{percent} % drawn at random").format(percent=isolated(str(plan.percent)))
    what = joined(term("basis", plan.basis), share if plan.percent < _WHOLE else "")
    when, ink = _when(due)
    return LiveLine(
        due.key,
        due.where,
        joined(rule_words(due.name), what),
        when,
        "clipboard-list",
        ink,
        plain=True,
    )


def rule_words(name: str) -> str:
    """Return what a rule is called; one that a site made is called as the site calls it."""
    return _RULES[name]() if name in _RULES else isolated(name)


_RULES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "weekly-type": lambda: _("Weekly count"),
        "weekly-serials": lambda: _("Weekly count of serials"),
        "six-monthly": lambda: _("Six-monthly count"),
        "handover": lambda: _("Change of custodian"),
    }
)


def _when(due: Due) -> tuple[str, Ink]:
    if due.days < 0:
        words = ngettext("overdue by {count} day", "overdue by {count} days", -due.days)
        return words.format(count=isolated(figure(-due.days))), Ink.BAD
    if not due.days:
        return _("due today"), Ink.WARN
    words = ngettext("due in {count} day", "due in {count} days", due.days)
    return words.format(count=isolated(figure(due.days))), Ink.MUTED


def _begun_line(begun: Begun) -> LiveLine:
    body = begun.stocktake.opened
    said = joined(
        isolated(begun.where), term("basis", body.basis), _("blind") if body.blind else ""
    )
    return LiveLine(
        begun.stocktake.id, begun.stocktake.number, said, "", "circle-play", Ink.ACCENT
    )  # fmt: skip


def _closed_line(begun: Begun) -> LiveLine:
    return LiveLine(
        begun.stocktake.id, begun.stocktake.number, isolated(begun.where),
        differences_words(begun.stocktake), *_closed_sign(begun.stocktake),
    )  # fmt: skip


def differences_words(stocktake: Stocktake) -> str:
    """Return how many differences a closed count left."""
    closed = stocktake.closed
    count = len(closed.investigations) if closed else 0
    if not count:
        return _("no difference")
    words = ngettext("{count} difference", "{count} differences", count)
    return words.format(count=isolated(figure(count)))


def _closed_sign(stocktake: Stocktake) -> tuple[str, Ink]:
    wrong = bool(stocktake.closed and stocktake.closed.investigations)
    return ("triangle-alert", Ink.WARN) if wrong else ("circle-check", Ink.OK)
